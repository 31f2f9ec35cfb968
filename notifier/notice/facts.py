"""Turn the checked keys of `notice.yaml` into a Notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from notifier.errors import Place
from notifier.model import notice as model
from notifier.model import page as pages
from notifier.notice import notice_schema as keys
from notifier.notice.front_matter import Lines


def notice_of(
    found: keys.NoticeKeys,
    folder: Path,
    *,
    front_matter: tuple[Lines, Mapping[str, Lines]],
    places: Mapping[str, Place],
) -> model.Notice:
    """Return the notice that *found* states, without its schedule and tables."""
    locales, default_locale = locales_of(found)
    return model.Notice(
        folder=folder,
        id=found.notice,
        kind=found.kind,
        title=found.title,
        publisher=model.Publisher(**dict(found.publisher)),
        support=model.Support(found.support.name, found.support.url),
        locales=locales,
        default_locale=default_locale,
        impact=model.Impact(**dict(found.impact)),
        description=found.description,
        reason=found.reason,
        brand=_brand(found.brand, folder_of(places.get("brand.logo"), folder)),
        audience=_audience(found.audience),
        not_affected=_audience(found.not_affected),
        expected=found.expected.estimate() if found.expected else None,
        duties=_duties(found.customer),
        notice_period=found.notice_period,
        changes=tuple(model.Change(each.date, each.text) for each in found.changes),
        archived=found.archived,
        fallback=found.fallback,
        faq=questions_of(found.faq),
        page=_page(found.page, front_matter),
        links=tuple(pages.LinkRule(each.host, each.rule) for each in found.links),
        delivery=model.Delivery(**dict(found.delivery)),
        places=places,
    )


def locales_of(found: keys.NoticeKeys) -> tuple[tuple[str, ...], str]:
    """Return the locales and the default one, each by the other if left out."""
    if found.default_locale:
        return found.locales or (found.default_locale,), found.default_locale
    locales = found.locales or ("en",)
    return locales, "en" if "en" in locales else locales[0]


def outline_of(page: keys.PageKeys) -> tuple[pages.Section, ...]:
    """Return the sections of the page in order."""
    if page.outline is None:
        return tuple(pages.Section(name) for name in keys.DEFAULT_OUTLINE)
    return tuple(pages.Section(**dict(each)) for each in page.outline)


def folder_of(place: Place | None, folder: Path) -> Path:
    """Return the folder of the file in which *place* is, as seen from *folder*."""
    above = place is not None and place.path.startswith("../")
    return folder.resolve().parent if above else folder


def _brand(found: keys.BrandKeys, folder: Path) -> model.Brand:
    logo = folder / found.logo if found.logo else None
    return model.Brand(found.color, logo, found.logo_alt)


def _audience(found: Iterable[keys.AudienceKeys]) -> tuple[model.Audience, ...]:
    return tuple(model.Audience(each.name, each.condition) for each in found)


def _duties(found: keys.DutiesKeys) -> model.Duties:
    action, move = found.action, found.reschedule
    no = model.Reschedule(model.Rescheduling.NO)
    return model.Duties(
        mandatory=found.mandatory,
        action=model.Action(**dict(action)) if action else None,
        testing=found.testing,
        reschedule=model.Reschedule(**dict(move)) if move else no,
    )


def questions_of(
    found: Iterable[keys.QuestionKeys] | None,
) -> tuple[model.Question, ...]:
    """Return the questions in order, each with its id."""
    if found is None:
        return tuple(model.Question(name, name) for name in keys.DEFAULT_FAQ)
    questions = []
    own = 0
    for each in found:
        own += each.standard is None
        name = each.standard or each.anchor or f"question-{own}"
        questions.append(model.Question(name, **dict(each)))
    return tuple(questions)


def _page(
    found: keys.PageKeys, front_matter: tuple[Lines, Mapping[str, Lines]]
) -> pages.Page:
    common, by_locale = front_matter
    return pages.Page(
        path=found.path,
        heading=found.heading,
        outline=outline_of(found),
        components=tuple(pages.Component(**dict(each)) for each in found.components),
        alerts=tuple(pages.Alert(**dict(each)) for each in found.alerts),
        faq_style=found.faq_style,
        anchors=found.anchors,
        front_matter=common,
        front_matter_by_locale=by_locale or None,
        toc=pages.TocEntry(**dict(found.toc)) if found.toc else None,
    )
