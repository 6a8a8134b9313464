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
from comity.app.web.evidence import Evidence, page_blocks
from comity.app.web.holdings import Holdings, MaterialOf, Shelf
from comity.brief import Material
from comity.terms import ComityError, Document, Observation, Provenance, Series

if TYPE_CHECKING:
    from jinja2 import Environment

    from comity.record import View

_PAGE = 200
_LATEST = 12
# The names under which a browser on this machine reaches the server. A page elsewhere that leads its own name to
# 127.0.0.1 (DNS rebinding) sends that name, and is refused.
_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
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

    @get("/index.json")
    def index_json() -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
            return JSONResponse(_index(workspace_name, held))

    @get("/")
    def index(request: Request) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        dated = [one for one in held.events if one.event.date is not None]
        values = {
            "held": held,
            "counts": _index(workspace_name, held)["counts"],
            "latest": [_event(one, held) for one in reversed(dated[-_LATEST:])],
            "findings": [
                (document_id, finding) for document_id, found in sorted(held.findings.items()) for finding in found
            ],
        }
        return page(request, "index", **values)

    @get("/events.json")
    def events_json(number: int = Query(1, ge=1, alias="page")) -> Response:
        from comity.record import merged_event_line

        with view_factory() as view:
            part = _part(shelf.holdings(view).events, number)
            return JSONResponse(
                {**part, "events": [merged_event_line(one, view.ruling(one.id)) for one in part["events"]]}
            )

    @get("/events")
    def events(request: Request, number: int = Query(1, ge=1, alias="page")) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        part = _part(held.events, number)
        return page(request, "events", part=part, page_entries=[_event(one, held) for one in part["events"]])

    @get("/event/{event_id}.json")
    def event_json(event_id: str) -> Response:
        from comity.record import merged_event_line

        with view_factory() as view:
            merged = _found(view.event(event_id), "event", event_id)
            return JSONResponse(merged_event_line(merged, view.ruling(merged.id)))

    @get("/event/{event_id}")
    def event(request: Request, event_id: str) -> Response:
        with view_factory() as view:
            merged = _found(view.event(event_id), "event", event_id)
            held, ruling = shelf.holdings(view), view.ruling(merged.id)
        reports = [
            (one, held.title(one.source_id), _place(one.source_id, one.start, one.end)) for one in merged.reports
        ]
        dates = {one.id: "" if one.date is None else brief.period_text(one.date.period) for one in merged.reports}
        return page(
            request, "event", entry=_event(merged, held), merged=merged, reports=reports, dates=dates, ruling=ruling
        )

    @get("/statements.json")
    def statements_json() -> Response:
        from comity.record import statement_line

        with view_factory() as view:
            lines = [statement_line(one, view.ruling(one.id)) for one in shelf.holdings(view).statements]
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
                    "href": _place(one.source_id, one.start, one.end),
                }
            )
        return page(request, "statements", groups=sorted(groups.items()))

    @get("/series.json")
    def series_json() -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        lines = [_series_line(series, members, held) for series, members in _series(held)]
        return JSONResponse({"total": len(lines), "series": lines})

    @get("/series")
    def series(request: Request) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        return page(request, "series", every=[_series_line(one, members, held) for one, members in _series(held)])

    @get("/series/{series_id}.json")
    def one_series_json(series_id: str) -> Response:
        from comity.record import observation_line

        with view_factory() as view:
            held = shelf.holdings(view)
            chosen, members = _found(_one_series(held, series_id), "series", series_id)
            lines = [observation_line(one, view.ruling(one.id)) for one in members]
        return JSONResponse({**_series_line(chosen, members, held), "observations": lines})

    @get("/series/{series_id}")
    def one_series(request: Request, series_id: str) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        chosen, members = _found(_one_series(held, series_id), "series", series_id)
        rows = [
            {
                "period": brief.period_text(one.period),
                "figure": brief.number_text(one.quantity.number),
                "unit": brief.unit_text(one.quantity.unit, one.quantity.scale),
                "remark": ", ".join(part for part in (one.status.value, one.remark) if part),
                "document": held.title(one.provenance.document_id),
                "href": _provenance(one.provenance),
            }
            for one in members
        ]
        return page(
            request, "one_series", series=_series_line(chosen, members, held), rows=rows, charts=_charts(members, held)
        )

    @get("/documents.json")
    def documents_json() -> Response:
        from comity.record import document_line

        with view_factory() as view:
            held = shelf.holdings(view)
            lines = [document_line(one) for one in held.documents.values()]
            unread = [{"name": one.name, "reason": one.reason} for one in view.unread()]
        return JSONResponse({"total": len(lines), "documents": lines, "unread": unread})

    @get("/documents")
    def documents(request: Request) -> Response:
        with view_factory() as view:
            held, unread = shelf.holdings(view), view.unread()
        return page(
            request, "documents", documents=[_card(one, held) for one in held.documents.values()], unread=unread
        )

    @get("/document/{document_id}.json")
    def document_json(document_id: str) -> Response:
        from comity.record import document_line

        with view_factory() as view:
            held = shelf.holdings(view)
        document = _found(held.documents.get(document_id), "document", document_id)
        evidence = [
            {"start": one.start, "end": one.end, "kind": one.kind, "href": one.href, "label": one.label}
            for one in _evidence(document, held)
        ]
        return JSONResponse({**document_line(document), "text": document.text, "evidence": evidence})

    @get("/document/{document_id}")
    def document_page(
        request: Request, document_id: str, start: int | None = Query(None, ge=0), end: int | None = Query(None, ge=0)
    ) -> Response:
        with view_factory() as view:
            held = shelf.holdings(view)
        document = _found(held.documents.get(document_id), "document", document_id)
        evidence = _evidence(document, held)
        if start is not None and end is not None and start < end <= len(document.text):
            evidence.append(Evidence(start, end, "focus"))
        return page(
            request,
            "document",
            document=document,
            card=_card(document, held),
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
                "href": _place(hit.document_id, hit.start, hit.end),
                "parts": _marked(hit.text, hit.start, hit.found),
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


def _found(thing: Any, kind: str, name: str) -> Any:
    if thing is None:
        raise HTTPException(404, f"The record holds no {kind} {name}.")
    return thing


def _place(document_id: str, start: int, end: int) -> str:
    """The address of the very characters of a document."""
    return f"/document/{document_id}?start={start}&end={end}#focus"


def _provenance(provenance: Provenance) -> str:
    if provenance.start is None or provenance.end is None:
        return f"/document/{provenance.document_id}"
    return _place(provenance.document_id, provenance.start, provenance.end)


def _part(every: tuple[Any, ...], number: int) -> dict[str, Any]:
    """One page of the events, newest last; `pages` is at least one."""
    pages = max(1, -(-len(every) // _PAGE))
    if number > pages:
        raise HTTPException(404, f"There are {brief.counted(pages, 'page')} of events, not {number}.")
    chosen = every[(number - 1) * _PAGE : number * _PAGE]
    return {"total": len(every), "page": number, "pages": pages, "events": chosen}


def _index(workspace: str, held: Holdings) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "dyad": None if held.dyad is None else [held.dyad.first, held.dyad.second],
        "version": held.version,
        "comity": __version__,
        "counts": {
            "documents": len(held.documents),
            "unread": sum(not source.is_read for source in held.sources),
            "events": len(held.events),
            "reports": sum(len(one.reports) for one in held.events),
            "statements": len(held.statements),
            "observations": len(held.observations),
            "findings": sum(len(found) for found in held.findings.values()),
        },
        "sources": [{"name": one.name, "document_id": one.document_id, "reason": one.reason} for one in held.sources],
        "pages": ["/events", "/statements", "/series", "/documents", "/search"],
    }


def _event(merged: Any, held: Holdings) -> dict[str, Any]:
    event = merged.event
    return {
        "id": merged.id,
        "href": f"/event/{merged.id}",
        "title": brief.event_title(event, held.names),
        "people": brief.people_text(event, held.names),
        "place": brief.place_text(event, held.names),
        "date": "No date" if event.date is None else brief.period_text(event.date.period),
        "quote": " ".join(event.text.split()),
        "reports": len(merged.reports),
        "sources": len(merged.source_ids),
        "differ": bool(merged.disagreements),
    }


def _series(held: Holdings) -> list[tuple[Series, list[Observation]]]:
    groups: dict[str, list[Observation]] = defaultdict(list)
    for one in held.observations:
        groups[one.series.id].append(one)
    return [(members[0].series, members) for members in groups.values()]


def _one_series(held: Holdings, series_id: str) -> tuple[Series, list[Observation]] | None:
    return next((pair for pair in _series(held) if pair[0].id == series_id), None)


def _series_line(series: Series, members: list[Observation], held: Holdings) -> dict[str, Any]:
    source = series.source.citation or ", ".join(part for part in (series.source.producer, series.source.title) if part)
    return {
        "id": series.id,
        "indicator": series.indicator,
        "indicator_name": held.indicator_names.get(series.indicator, series.indicator.replace("-", " ").capitalize()),
        "reporter": series.reporter,
        "reporter_name": brief.state_name(series.reporter, held.names),
        "partner": series.partner,
        "partner_name": brief.state_name(series.partner, held.names),
        "unit": series.unit,
        "source": source,
        "count": len(members),
        "first": brief.period_text(members[0].period),
        "last": brief.period_text(members[-1].period),
    }


def _charts(members: list[Observation], held: Holdings) -> list[tuple[str, str, str]]:
    """The title, the wide and the narrow drawing of each panel that the series fills."""
    series = members[0].series
    from comity.terms import Dyad

    material = Material(
        Dyad(series.reporter, series.partner),
        names=held.names,
        documents=tuple(held.documents.values()),
        observations=tuple(members),
        indicator_names=held.indicator_names,
    )
    made = []
    for panel in brief.panels(material):
        wide = brief.drawing(panel, width=brief.WIDE, key=f"{panel.key}-wide")
        if wide:
            made.append((panel.title, wide, brief.drawing(panel, width=brief.NARROW, key=f"{panel.key}-narrow")))
    return made


def _card(document: Document, held: Holdings) -> dict[str, Any]:
    cited = document.bibliography
    return {
        "id": document.id,
        "href": f"/document/{document.id}",
        "title": cited.title or document.name or document.id,
        "authors": ", ".join(name.full for name in cited.authors),
        "editors": ", ".join(name.full for name in cited.editors),
        "container": cited.container_title or cited.publisher,
        "issued": "" if cited.issued is None else brief.period_text(cited.issued),
        "name": document.name,
        "tables": len(document.tables),
        "notes": len(document.notes),
        "events": sum(document.id in one.source_ids for one in held.events),
        "figures": sum(one.provenance.document_id == document.id for one in held.observations),
        "warnings": document.warnings,
    }


def _evidence(document: Document, held: Holdings) -> list[Evidence]:
    """What rests on the document's words: the events and positions they report, and the claims that were checked."""
    found = []
    for merged in held.events:
        for report in merged.reports:
            if report.source_id == document.id:
                title = brief.event_title(report, held.names)
                found.append(Evidence(report.start, report.end, "event", f"/event/{merged.id}", title))
    for one in held.statements:
        if one.source_id == document.id:
            title = f"{brief.state_name(one.holder.code, held.names)} {brief.stance_text(one.stance)}"
            found.append(Evidence(one.start, one.end, "statement", f"/statements#{one.id}", title))
    for claim in held.claims:
        if claim.document_id == document.id and claim.evidence[0].end > claim.evidence[0].start:
            place = claim.evidence[0]
            words = f"Claim, {claim.verdict.value.replace('_', ' ')}: {claim.reason}"
            found.append(Evidence(place.start, place.end, "claim", "", words))
    return found


def _marked(text: str, start: int, found: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """The text in parts, each with whether it is a word that was searched for."""
    parts: list[tuple[str, bool]] = []
    position = 0
    for left, right in sorted((one - start, other - start) for one, other in found):
        if position <= left < right <= len(text):
            parts += [(text[position:left], False), (text[left:right], True)]
            position = right
    return [*parts, (text[position:], False)]
