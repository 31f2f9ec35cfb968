"""Notices that all tests of checks share, made once."""

import shutil

import pytest
from notices import evidence_of, lean_sample, small_sample, tiny_notice


@pytest.fixture(scope="session")
def clean(tmp_path_factory):
    """Return the folder of a clean notice, not to be changed."""
    return small_sample(tmp_path_factory.mktemp("clean") / "email-infrastructure")


@pytest.fixture
def folder(clean, tmp_path):
    """Return a clean notice folder, free to be changed."""
    return shutil.copytree(clean, tmp_path / clean.name)


@pytest.fixture(scope="session")
def evidence(clean):
    """Return the evidence about a clean notice."""
    return evidence_of(clean)


@pytest.fixture(scope="session")
def lean_clean(clean, tmp_path_factory):
    """Return the folder of a clean notice for the web alone, not to be changed."""
    return lean_sample(clean, tmp_path_factory.mktemp("lean") / clean.name)


@pytest.fixture
def lean(lean_clean, tmp_path):
    """Return a clean notice folder for the web alone, free to be changed."""
    return shutil.copytree(lean_clean, tmp_path / lean_clean.name)


@pytest.fixture(scope="session")
def italian_clean(clean, tmp_path_factory):
    """Return the folder of a clean notice in two languages, not to be changed."""
    target = tmp_path_factory.mktemp("italian") / clean.name
    return lean_sample(clean, target, "it")


@pytest.fixture
def italian(italian_clean, tmp_path):
    """Return a clean notice folder in two languages, free to be changed."""
    return shutil.copytree(italian_clean, tmp_path / italian_clean.name)


@pytest.fixture
def tiny(tmp_path):
    """Return the folder of a clean notice as small as can be, free to be changed."""
    return tiny_notice(tmp_path / "tiny")
