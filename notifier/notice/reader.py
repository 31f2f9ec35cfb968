"""Read a whole notice folder."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from notifier.errors import NotifierError, Place, Problem, in_order, raise_errors
from notifier.model.audience import ContactTable, Customer, Instance
from notifier.model.notice import Notice
from notifier.model.schedule import Schedule
from notifier.notice.agreement import check_agreement
from notifier.notice.contacts import check_contacts
from notifier.notice.doubts import warn_of_doubts
from notifier.notice.facts import notice_of
from notifier.notice.faults import Fault, Findings, quoted
from notifier.notice.files import find_file, read_limited
from notifier.notice.front_matter import front_matter
from notifier.notice.instances import Known, read_customers, read_instances
from notifier.notice.keys import validate
from notifier.notice.notice_schema import NoticeKeys
from notifier.notice.references import Files, check_references
from notifier.notice.schedule import check_environments, environments_of, schedule_of
from notifier.notice.tables import LARGEST_TABLE
from notifier.notice.waves_schema import WavesKeys
from notifier.notice.yaml_tree import Node, decode, merge, parse, walk

LARGEST_YAML = 5_000_000
_ROOMS = {
    "../notifier.yaml": "notice",
    "notice.yaml": "notice",
    "waves.yaml": "waves",
    "customers.csv": "customers",
    "instances.csv": "instances",
    "contacts.csv": "contacts",
}


@dataclass(frozen=True, slots=True)
class Tables:
    """All files beside `notice.yaml`; *served* are the customers with contacts."""

    schedule: Schedule | None
    instances: tuple[Instance, ...] | None
    customers: Mapping[str, Customer] | None
    contacts: ContactTable | None
    served: frozenset[str]

    def put_into(self, notice: Notice) -> Notice:
        """Return *notice* with its schedule and tables."""
        return replace(
            notice,
            schedule=self.schedule,
            instances=self.instances,
            customers=self.customers,
            contacts=self.contacts,
        )


def read_notice(folder: Path) -> tuple[Notice, tuple[Problem, ...]]:
    """Read the notice folder *folder*; return the notice and its warnings.

    Without `customers.csv`, the customers are those of `instances.csv`, named by id.

    Raises:
        NotifierError: a file has an error; it holds all problems of all files.
    """
    _check_folder(folder)
    files = {name: Findings(name, room) for name, room in _ROOMS.items()}
    root = _notice_tree(folder, files)
    notice = _notice(folder, root, files) if root else None
    # A broken file of defaults may have mapped columns, too.
    known = root is not None and not files["../notifier.yaml"].has_errors
    tables = _tables(folder, _column_names(root) if known else None, files)
    if root and notice:
        notice = tables.put_into(notice)
        check_references(notice, root, served=tables.served, files=files)
    problems = in_order(p for found in files.values() for p in found.problems())
    raise_errors(problems)
    if notice is None:
        raise NotifierError(problems)
    return notice, problems


def _check_folder(folder: Path) -> None:
    try:
        found = folder.is_dir()
    except (OSError, ValueError):
        found = False
    if not found:
        hint = "name a folder that holds a notice.yaml"
        message = f"{quoted(str(folder))} is not a folder"
        place = Place(str(folder))
        raise NotifierError([Problem("notice/folder", message, place, hint)])


def _notice_tree(folder: Path, files: Files) -> Node | None:
    near, far = files["notice.yaml"], files["../notifier.yaml"]
    defaults = _tree(folder.resolve().parent, "notifier.yaml", far)
    root = _tree(folder, "notice.yaml", near)
    if root is None and not near.has_errors:
        hint = "only notice.yaml is required; 'notifier init' writes a sample"
        fault = Fault("missing-file", "there is no notice.yaml", hint)
        near.add(fault)
    return merge(defaults, root) if defaults and root else root


def _tree(folder: Path, name: str, findings: Findings) -> Node | None:
    data = read_limited(folder, name, most=LARGEST_YAML)
    if data is None:
        return None
    if isinstance(data, Fault):
        findings.add(data)
        return None
    text = decode(data, findings)
    return None if text is None else parse(text, findings)


def _notice(folder: Path, root: Node, files: Files) -> Notice | None:
    findings = files["notice.yaml"]
    page = (root.entries or {}).get("page")
    spelled = (page.entries or {}).get("front_matter") if page else None
    lines = front_matter(spelled, findings)
    # Broken defaults make keys look missing, and others contradict each other.
    whole = not files["../notifier.yaml"].has_errors
    found = validate(NoticeKeys, root, findings, whole=whole)
    if found is None or not whole:
        return None
    check_agreement(found, root, folder, findings)
    warn_of_doubts(found, findings)
    return notice_of(found, folder, front_matter=lines, places=dict(walk(root)))


def _column_names(root: Node | None) -> dict[str, str]:
    """Return the mapping of columns, also of a notice that has faults elsewhere."""
    entries = root.entries if root and root.entries else {}
    columns = entries.get("columns")
    named = columns.entries if columns and columns.entries else {}
    return {key: child.value.strip() for key, child in named.items() if child.value}


def _schedule(folder: Path, findings: Findings) -> Schedule | None:
    root = _tree(folder, "waves.yaml", findings)
    found = validate(WavesKeys, root, findings) if root else None
    if root is None or found is None:
        return None
    schedule = schedule_of(found, root)
    check_environments(schedule, root, findings)
    warn_of_doubts(found, findings)
    return schedule


def _tables(folder: Path, names: Mapping[str, str] | None, files: Files) -> Tables:
    schedule = _schedule(folder, files["waves.yaml"])
    customers = instances = contacts = None
    served: frozenset[str] = frozenset()
    path = _path(folder, "customers.csv", files)
    if path:
        customers = read_customers(path, names, files["customers.csv"])
    path = _path(folder, "instances.csv", files)
    if path:
        known = _known(schedule, customers, files)
        instances = read_instances(path, names, known, files["instances.csv"])
    if customers is None and instances is not None:
        ids = dict.fromkeys(instance.customer for instance in instances)
        customers = {customer: Customer(customer, customer) for customer in ids}
    path = _path(folder, "contacts.csv", files)
    if path:
        broken = files["customers.csv"].has_errors or files["instances.csv"].has_errors
        known_customers = None if broken else customers
        findings = files["contacts.csv"]
        contacts, served = check_contacts(path, names, known_customers, findings)
    return Tables(schedule, instances, customers, contacts, served)


def _known(
    schedule: Schedule | None, customers: Collection[str] | None, files: Files
) -> Known:
    usable = None if files["customers.csv"].has_errors else customers
    if schedule is None or files["waves.yaml"].has_errors:
        return Known(usable, None, None)
    by_id = {wave.id: wave.environment for wave in schedule.waves}
    return Known(usable, by_id, environments_of(schedule))


def _path(folder: Path, name: str, files: Files) -> Path | None:
    path = find_file(folder, name, most=LARGEST_TABLE)
    if isinstance(path, Fault):
        files[name].add(path)
        return None
    return path
