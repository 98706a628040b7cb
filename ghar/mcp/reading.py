"""Resources in the words of the protocol: which kinds there are, which are the actor's own, and their content."""

from typing import Any

import mcp_types as types
from mcp.shared.exceptions import MCPError
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

from ghar import jsonable, resources, tools
from ghar.actors import Actor
from ghar.db.threads import in_database
from ghar.errors import DomainError
from ghar.mcp import paging, results, widgets
from ghar.mcp.service import Context, Service, actor_of
from ghar.resources import JSON, Resource

NOT_FOUND = -32002
"""What clients of the handshake era know for a resource that is not there."""


async def list_resources(
    service: Service, context: Context, params: types.PaginatedRequestParams | None
) -> types.ListResourcesResult:
    """The addresses that can be told: the views of tools, and the actor's own of each kind, one after another."""
    cursor = paging.read_cursor(params, 2)
    found, after = await in_database(_listed, service, actor_of(context), cursor)
    views = widgets.resources() if cursor is None else []
    return types.ListResourcesResult(resources=[*views, *found], next_cursor=after)


def _listed(service: Service, actor: Actor, cursor: list[str] | None) -> tuple[list[types.Resource], str | None]:
    first, inner = cursor if cursor is not None else ("", None)
    kinds = [one for one in _kinds(service, actor) if one.template >= first]
    for kind in kinds:
        entries, rest = _of_kind(kind, actor, inner if kind.template == first else None)
        if rest is not None:
            return entries, paging.cursor(kind.template, rest)
        if entries:
            later = [one.template for one in kinds if one.template > kind.template]
            return entries, paging.cursor(later[0], None) if later else None
    return [], None


def _kinds(service: Service, actor: Actor) -> list[Resource]:
    return [one for one in resources.for_audiences(*service.audiences) if tools.shows(actor, one.reads)]


def _of_kind(kind: Resource, actor: Actor, cursor: str | None) -> tuple[list[types.Resource], str | None]:
    if not kind.is_template:
        return [_entry(kind, kind.template, kind.reads.title)], None
    if kind.lists is None or not tools.admits(actor, kind.reads):
        return [], None
    try:
        page = kind.lists(actor, cursor)
    except DomainError as wrong:
        raise paging.invalid_cursor() from wrong
    return [_entry(kind, one["uri"], one["title"]) for one in page["items"]], page["next_cursor"]


def _entry(kind: Resource, uri: str, title: str) -> types.Resource:
    return types.Resource(uri=uri, name=kind.name, title=title, mime_type=kind.mime)


async def list_templates(
    service: Service, context: Context, params: types.PaginatedRequestParams | None
) -> types.ListResourceTemplatesResult:
    """The kinds of resources whose addresses have parameters."""
    kinds = [one for one in _kinds(service, actor_of(context)) if one.is_template]
    shown, after = paging.page(kinds, lambda one: one.template, params)
    described = [
        types.ResourceTemplate(
            uri_template=one.template,
            name=one.name,
            title=one.reads.title,
            description=one.reads.description,
            mime_type=one.mime,
        )
        for one in shown
    ]
    return types.ListResourceTemplatesResult(resource_templates=described, next_cursor=after)


async def read_resource(
    service: Service, context: Context, params: types.ReadResourceRequestParams
) -> types.ReadResourceResult:
    """The content at an address. Raises MCPError with the code of the project in its data."""
    return types.ReadResourceResult(contents=[await contents(service, context, params.uri)])


async def contents(
    service: Service, context: Context, uri: str
) -> types.TextResourceContents | types.BlobResourceContents:
    """The same, to be put into something else."""
    if (view := widgets.read(uri)) is not None:
        return view
    found = resources.find(uri)
    actor = actor_of(context)
    if found is None or not service.has(found[0].reads):
        raise refusal(service, context, resources.ResourceUnknown(), uri=uri)
    outcome = await tools.elsewhere(resources.read, actor, uri)
    if outcome.error is not None:
        raise refusal(service, context, outcome.error, uri=uri)
    mime = found[0].mime
    if "blob" in outcome.data and mime != JSON:
        return types.BlobResourceContents(uri=uri, mime_type=mime, blob=outcome.data["blob"])
    text = jsonable.dumps(outcome.data).decode() if mime == JSON else outcome.data["text"]
    return types.TextResourceContents(uri=uri, mime_type=mime, text=text)


def refusal(service: Service, context: Context, error: DomainError, **more: Any) -> MCPError:
    """A refusal of ours as an error of the protocol, with the way to sign in where that is what is missing."""
    modern = context.protocol_version in MODERN_PROTOCOL_VERSIONS
    codes = {404: types.INVALID_PARAMS if modern else NOT_FOUND, 422: types.INVALID_PARAMS, 500: types.INTERNAL_ERROR}
    told = {"code": error.code, **more}
    if error.details:
        told["details"] = jsonable.plain(error.details)
    if error.code in results.SIGN_IN:
        told[results.CHALLENGE] = [results.challenge("read", service.metadata_url)]
    return MCPError(code=codes.get(error.status, types.INVALID_REQUEST), message=error.message, data=told)
