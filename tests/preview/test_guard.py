"""Who may ask the preview, and what its pages may do."""

from __future__ import annotations

import socket

import httpx
import pytest

from notifier.preview.server import open_port
from notifier.resources import resource_folder
from tests.preview.running import running

pytestmark = pytest.mark.slow

SAMPLE = resource_folder("examples") / "email-infrastructure"
MAIL = "/frame?document=announcement&locale=it&wave=production-1"
PATHS = ("/", "/state.json", "/cell.json?document=page&locale=it", MAIL, "/nothing")


@pytest.fixture(scope="module")
def preview():
    with running(SAMPLE) as running_preview:
        yield running_preview


def sent(preview, request):
    """Return the status line of the answer to raw bytes."""
    port = int(preview.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(request)
        return line.recv(4096).split(b"\r\n", 1)[0]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "127.0.0.1", "localhost", "localhost:1", "127.0.0.1:80"),
        *("127.0.0.1.evil.example:{port}", "evil@127.0.0.1:{port}", "[::1]:{port}"),
        *("0.0.0.0:{port}", "127.0.0.1:{port}.", ""),
    ],
)
def test_another_host_is_refused(preview, path, host):
    port = preview.url.rpartition(":")[2]
    answer = preview.http.get(path, headers={"Host": host.format(port=port)})

    assert answer.status_code == 400
    assert "Adobe" not in answer.text


def test_both_names_of_this_machine_are_let_in(preview):
    port = preview.url.rpartition(":")[2]
    for host in (f"127.0.0.1:{port}", f"localhost:{port}"):
        answer = preview.http.get("/state.json", headers={"Host": host})

        assert answer.status_code == 200


@pytest.mark.parametrize(
    "request_head",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\nHost: evil\r\n\r\n",
    ],
    ids=["no host", "old protocol", "two hosts"],
)
def test_a_request_without_one_host_is_refused(preview, request_head):
    assert b" 400 " in sent(preview, request_head)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/state.json", MAIL, "/events"])
def test_nothing_can_be_changed(preview, method, path):
    answer = preview.http.request(method, path, headers={"Origin": "http://evil"})

    assert answer.status_code == 405
    assert not any(name.startswith("access-control") for name in answer.headers)


@pytest.mark.parametrize("path", PATHS)
def test_each_answer_says_what_it_may_do(preview, path):
    answer = preview.http.get(path)
    policy = answer.headers["content-security-policy"]

    told = {
        name: answer.headers[name]
        for name in (
            *("cache-control", "cross-origin-opener-policy", "referrer-policy"),
            *("cross-origin-resource-policy", "x-content-type-options"),
        )
    }
    assert told == {
        "cache-control": "no-store",
        "cross-origin-opener-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
    }
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "access-control-allow-origin" not in answer.headers


def test_a_document_can_run_no_script_and_load_nothing(preview):
    policy = preview.http.get(MAIL).headers["content-security-policy"]

    assert policy == (
        "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


def test_the_page_may_use_its_own_files_only(preview):
    policy = preview.http.get("/").headers["content-security-policy"]

    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "frame-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


@pytest.mark.parametrize(
    "path",
    [
        *("/assets/../index.html", "/assets/%2e%2e/layouts/mail.html.j2"),
        *("/assets/..%2flayouts%2fmail.html.j2", "/assets/..%5cnotice.yaml"),
        *("/assets//etc/passwd", "/assets/%2fetc%2fpasswd", "/assets/index.html"),
        *("/assets/problems.html.j2", "/assets/", "/notice.yaml", "/%00"),
        *("/assets/preview.js%00.css", "/contacts.csv", "/.git/config", "/docs"),
    ],
)
def test_no_path_leads_to_another_file(preview, path):
    port = preview.url.rpartition(":")[2]
    head = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"

    assert b" 404 " in sent(preview, head.encode())


def test_the_assets_of_the_page_are_served_with_their_types(preview):
    kinds = {".js": "text/javascript", ".css": "text/css"}
    files = sorted((resource_folder("templates") / "preview").iterdir())
    for path in files:
        answer = preview.http.get(f"/assets/{path.name}")

        expected = 200 if path.suffix in kinds else 404
        assert answer.status_code == expected, path.name
        if expected == 200:
            assert answer.headers["content-type"].startswith(kinds[path.suffix])


def test_a_port_that_is_taken_leads_to_the_next():
    with open_port(0) as first:
        taken = first.getsockname()[1]
        with open_port(taken) as second:
            assert second.getsockname()[0] == "127.0.0.1"
            assert taken < second.getsockname()[1] <= taken + 50


def test_the_preview_does_not_listen_on_another_address(preview):
    port = int(preview.url.rpartition(":")[2])

    with pytest.raises(httpx.TransportError):
        httpx.get(f"http://[::1]:{port}/", trust_env=False)
