"""Assertions of the helper that the chapters share are shown as those of a test are."""

import pytest

pytest.register_assert_rewrite("tests.theory.chapter")
