"""The API tried with requests made from its own description, and against it."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

PATHS = ["/api/v1/search", "/api/v1/status", "/api/v1/reports/{report_id}", "/api/v1/reports/{report_id}/evidence"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("path", PATHS)
def test_no_request_of_any_shape_breaks_the_api(website: Flask, path: str) -> None:
    """Every answer is one that is described, and none is a failure of ours."""
    import schemathesis  # noqa: PLC0415  takes seconds to import, which the everyday run need not wait for
    from schemathesis.specs.openapi import checks  # noqa: PLC0415

    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", website)
    checked = [schemathesis.checks.not_a_server_error, checks.status_code_conformance,
               checks.content_type_conformance, checks.response_schema_conformance]  # fmt: skip

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(case=schema[path]["GET"].as_strategy())
    def exercise(case: "schemathesis.Case[Any]") -> None:
        # The library reads answers of a WSGI application as they are sent; compressing has tests of its own.
        case.call_and_validate(checks=checked, headers={"Accept-Encoding": "identity"})

    exercise()
