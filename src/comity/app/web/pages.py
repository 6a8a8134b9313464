"""The pages and their JSON. Each page has an address that stays, and the same address with `.json`.

Every error has one shape in JSON, `{"error": {"code", "message", "status"}}`, and one page in HTML.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException

from comity import __version__, brief
from comity.app.web.cards import (
    charts,
    document_card,
    event_card,
    evidence_of,
    marked,
    one_group,
    place_href,
    provenance_href,
    ruling_lines,
    ruling_text,
    series_groups,
    series_line,
    summary,
)
from comity.app.web.evidence import Evidence, page_blocks
from comity.app.web.holdings import MaterialOf, Shelf
from comity.terms import ComityError

if TYPE_CHECKING:
    from jinja2 import Environment

    from comity.record import View

_PAGE = 200
_LATEST = 12
# The names under which a browser on this machine reaches the server. A page elsewhere that leads its own name to
# 127.0.0.1 (DNS rebinding) sends that name, and is refused.
_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
# The brief is one file with its style inside.
_BRIEF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
_CODES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    421: "wrong_host",
    422: "bad_request",
    500: "internal_error",
    503: "record_unavailable",
}


def make_app(
    view_factory: Callable[[], View], *, workspace_name: str, material_of: MaterialOf | None = None
) -> FastAPI:
    """Return the web application over a record. It only reads, and asks nothing of any network.

    Args:
        view_factory: opens a view of the record; called for each request, and the view is closed after it.
        workspace_name: the heading of the pages.
        material_of: makes the brief's material from a view; with it the pages also show findings, know the dyad, and
            serve the brief itself at /brief. It is called once for each version of the record.
    """
    app = FastAPI(title=f"Comity: {workspace_name}", docs_url=None, redoc_url=None, openapi_url=None)
    shelf = Shelf(material_of)

    def page(request: Request, name: str, status: int = 200, /, **values: Any) -> Response:
        words = {
            "workspace": workspace_name,
            "version": __version__,
            "path": request.url.path,
            "json_path": _json_path(request),
            "with_brief": material_of is not None,
        }
        return HTMLResponse(_templates().get_template(f"{name}.html.j2").render(**words, **values), status)

    def fail(request: Request, status: int, message: str) -> Response:
        code = _CODES.get(status, "error")
        if request.url.path.endswith(".json"):
            return JSONResponse({"error": {"code": code, "message": message, "status": status}}, status)
        return page(request, "error", status, status=status, message=message)

    @app.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        """Refuse foreign hosts (a page elsewhere must not reach the record by a rebound name); add the headers."""
        host = request.headers.get("host", "")
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if name.lower() not in _HOSTS:
            response = fail(request, 421, "This server answers only on this machine, under localhost or 127.0.0.1.")
        else:
            response = await call_next(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-cache"
        return response

    @app.exception_handler(HTTPException)
    def on_http(request: Request, error: HTTPException) -> Response:
        message = str(error.detail)
        if error.status_code == 404 and message == "Not Found":
            message = "There is no such page."
        return fail(request, error.status_code, message)

    @app.exception_handler(RequestValidationError)
    def on_query(request: Request, error: RequestValidationError) -> Response:
        wrong = ", ".join(".".join(str(part) for part in one["loc"][1:]) for one in error.errors())
        return fail(request, 422, f"The address asks for something that cannot be: look at {wrong}.")

    @app.exception_handler(ComityError)
    def on_comity(request: Request, error: ComityError) -> Response:
        return fail(request, 503, str(error))

    @app.exception_handler(Exception)
    def on_error(request: Request, error: Exception) -> Response:
        return fail(request, 500, f"Comity met an error that it did not expect: {type(error).__name__}.")

    def get(path: str) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
        return app.api_route(path, methods=["GET", "HEAD"], response_model=None)

    @get("/style.css")
    def style() -> Response:
        return PlainTextResponse(brief.stylesheet() + _own_style(), media_type="text/css")

    @get("/favicon.ico")
    def icon() -> Response:
        return Response(status_code=204)

    @get("/index.json")
    def index_json() -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
            return JSONResponse(summary(workspace_name, held))

    @get("/")
    def index(request: Request) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        dated = [one for one in held.events if one.event.date is not None]
        values = {
            "held": held,
            "by_name": {document.name: document.id for document in held.documents.values()},
            "counts": summary(workspace_name, held)["counts"],
            "latest": [event_card(one, held) for one in reversed(dated[-_LATEST:])],
            "findings": [
                (document_id, finding) for document_id, found in sorted(held.findings.items()) for finding in found
            ],
        }
        return page(request, "index", **values)

    @get("/events.json")
    def events_json(number: int = Query(1, ge=1, alias="page")) -> Response:
        from comity.record import merged_event_line

        with view_factory() as view:
            held = shelf.holdings(view)
        part = _part(held.events, number)
        lines = [merged_event_line(one, held.rulings.get(one.id)) for one in part["events"]]
        return JSONResponse({**part, "events": lines})

    @get("/events")
    def events(request: Request, number: int = Query(1, ge=1, alias="page")) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        part = _part(held.events, number)
        return page(request, "events", part=part, page_entries=[event_card(one, held) for one in part["events"]])

    @get("/event/{event_id}.json")
    def event_json(event_id: str) -> Response:
        from comity.record import merged_event_line

        with view_factory() as view:
            held = shelf.holdings(view)
            merged = _found(held.event(event_id) or view.event(event_id), "event", event_id)
        return JSONResponse(merged_event_line(merged, held.rulings.get(merged.id)))

    @get("/event/{event_id}")
    def event(request: Request, event_id: str) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
            merged = _found(held.event(event_id) or view.event(event_id), "event", event_id)
        reports = [
            (one, held.title(one.source_id), place_href(one.source_id, one.start, one.end)) for one in merged.reports
        ]
        dates = {one.id: "" if one.date is None else brief.period_text(one.date.period) for one in merged.reports}
        return page(
            request,
            "event",
            entry=event_card(merged, held),
            merged=merged,
            reports=reports,
            dates=dates,
            proposals={one.id: brief.proposal_text(one, held.confirmed) for one in merged.reports},
            rulings=ruling_lines(merged.id, held),
        )

    @get("/statements.json")
    def statements_json() -> Response:
        from comity.record import statement_line

        with view_factory() as view:
            held = shelf.holdings(view)
        lines = [statement_line(one, held.rulings.get(one.id)) for one in held.statements]
        return JSONResponse({"total": len(lines), "statements": lines})

    @get("/statements")
    def statements(request: Request) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in held.statements:
            issue = held.issue_names.get(one.issue, one.issue.replace("_", " ").replace("-", " ").capitalize())
            groups[issue].append(
                {
                    "statement": one,
                    "holder": brief.state_name(one.holder.code, held.names),
                    "stance": brief.stance_text(one.stance),
                    "toward": ", ".join(brief.state_name(actor.code, held.names) for actor in one.toward),
                    "document": held.title(one.source_id),
                    "href": place_href(one.source_id, one.start, one.end),
                    "ruling": ruling_text(one.id, held),
                }
            )
        return page(request, "statements", groups=sorted(groups.items()))

    @get("/series.json")
    def series_json() -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        lines = [series_line(series, members, held) for series, members in series_groups(held)]
        return JSONResponse({"total": len(lines), "series": lines})

    @get("/series")
    def series(request: Request) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        return page(request, "series", every=[series_line(one, members, held) for one, members in series_groups(held)])

    @get("/series/{series_id}.json")
    def one_series_json(series_id: str) -> Response:
        from comity.record import observation_line

        with view_factory() as view:
            held = shelf.holdings(view)
            chosen, members = _found(one_group(held, series_id), "series", series_id)
        lines = [observation_line(one, held.rulings.get(one.id)) for one in members]
        return JSONResponse({**series_line(chosen, members, held), "observations": lines})

    @get("/series/{series_id}")
    def one_series(request: Request, series_id: str) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        chosen, members = _found(one_group(held, series_id), "series", series_id)
        rows = [
            {
                "period": brief.period_text(one.period),
                "figure": brief.number_text(one.quantity.number),
                "unit": brief.unit_text(one.quantity.unit, one.quantity.scale),
                "remark": ", ".join(part for part in (one.status.value, one.remark, ruling_text(one.id, held)) if part),
                "document": held.title(one.provenance.document_id),
                "href": provenance_href(one.provenance),
            }
            for one in members
        ]
        return page(
            request, "one_series", series=series_line(chosen, members, held), rows=rows, charts=charts(members, held)
        )

    @get("/documents.json")
    def documents_json() -> Response:
        from comity.record import document_line

        with view_factory() as view:
            held = shelf.holdings(view)
        lines = [document_line(one) for one in held.documents.values()]
        unread = [{"name": one.name, "reason": one.reason} for one in held.sources if not one.is_read]
        return JSONResponse({"total": len(lines), "documents": lines, "unread": unread})

    @get("/documents")
    def documents(request: Request) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        return page(
            request,
            "documents",
            documents=[document_card(one, held) for one in held.documents.values()],
            unread=[one for one in held.sources if not one.is_read],
        )

    @get("/document/{document_id}.json")
    def document_json(document_id: str) -> Response:
        from comity.record import document_line

        with view_factory() as view:
            held = shelf.holdings(view)
        document = _found(held.documents.get(document_id), "document", document_id)
        evidence = [
            {"start": one.start, "end": one.end, "kind": one.kind, "href": one.href, "label": one.label}
            for one in evidence_of(document, held)
        ]
        return JSONResponse({**document_line(document), "text": document.text, "evidence": evidence})

    @get("/document/{document_id}")
    def document_page(
        request: Request, document_id: str, start: int | None = Query(None, ge=0), end: int | None = Query(None, ge=0)
    ) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        document = _found(held.documents.get(document_id), "document", document_id)
        evidence = evidence_of(document, held)
        if start is not None and end is not None and start < end <= len(document.text):
            evidence.append(Evidence(start, end, "focus"))
        return page(
            request,
            "document",
            document=document,
            card=document_card(document, held),
            blocks=page_blocks(document, evidence),
            findings=held.findings.get(document.id, ()),
            language="" if document.language == "und" else document.language,
        )

    @get("/search.json")
    def search_json(q: str = Query("", max_length=500)) -> Response:
        with view_factory() as view:
            hits = view.search(q, 50) if q.strip() else ()
        lines = [
            {
                "document_id": hit.document_id,
                "passage_id": hit.passage_id,
                "start": hit.start,
                "end": hit.end,
                "text": hit.text,
            }
            for hit in hits
        ]
        return JSONResponse({"query": q, "total": len(lines), "hits": lines})

    @get("/search")
    def search(request: Request, q: str = Query("", max_length=500)) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
            hits = view.search(q, 50) if q.strip() else ()
        found = [
            {
                "document": held.title(hit.document_id),
                "href": place_href(hit.document_id, hit.start, hit.end),
                "parts": marked(hit.text, hit.start, hit.found),
            }
            for hit in hits
        ]
        return page(request, "search", query=q, found=found)

    @get("/brief")
    def whole_brief(request: Request) -> Response:
        with view_factory() as view:
            material = shelf.holdings(view).material
        if material is None:
            raise HTTPException(404, "The brief is not served here. Write it with: comity brief")
        return HTMLResponse(brief.compose(material), headers={"Content-Security-Policy": _BRIEF_POLICY})

    return app


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("comity.app.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["counted"] = brief.counted
    return environment


@cache
def _own_style() -> str:
    from importlib.resources import files

    return (files("comity.app.web") / "templates" / "pages.css").read_text(encoding="utf-8")


def _json_path(request: Request) -> str:
    """The address of this page's JSON."""
    path = "/index" if request.url.path == "/" else request.url.path
    return f"{path}.json?{request.url.query}" if request.url.query else f"{path}.json"


def _found(thing: Any, kind: str, name: str) -> Any:
    if thing is None:
        raise HTTPException(404, f"The record holds no {kind} {name}.")
    return thing


def _part(every: tuple[Any, ...], number: int) -> dict[str, Any]:
    """One page of the events, newest last; `pages` is at least one."""
    pages = max(1, -(-len(every) // _PAGE))
    if number > pages:
        raise HTTPException(404, f"There are {brief.counted(pages, 'page')} of events, not {number}.")
    chosen = every[(number - 1) * _PAGE : number * _PAGE]
    return {"total": len(every), "page": number, "pages": pages, "events": chosen}
