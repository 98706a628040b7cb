"""Prompts and the values of their fields in the words of the protocol."""

from typing import Any

import mcp_types as types
from mcp.shared.exceptions import MCPError

from ghar import prompts, resources, tools
from ghar.mcp import paging, reading
from ghar.mcp.service import Context, Service, actor_of
from ghar.tools import Tool


async def list_prompts(
    service: Service, context: Context, params: types.PaginatedRequestParams | None
) -> types.ListPromptsResult:
    """The prompts that this actor may use."""
    actor = actor_of(context)
    offered = [one for one in prompts.for_audiences(*service.audiences) if tools.shows(actor, one)]
    shown, after = paging.page(offered, lambda one: one.name, params)
    return types.ListPromptsResult(prompts=[_described(one) for one in shown], next_cursor=after)


def _described(declared: Tool) -> types.Prompt:
    fields = [
        types.PromptArgument(name=name, description=field.description, required=field.is_required())
        for name, field in declared.arguments.model_fields.items()
    ]
    return types.Prompt(
        name=declared.name, title=declared.title, description=declared.description, arguments=fields or None
    )


async def get_prompt(service: Service, context: Context, params: types.GetPromptRequestParams) -> types.GetPromptResult:
    """What the prompt says in the person's name, behind the resources that it is about."""
    declared = prompts.find(params.name)
    if declared is None or not service.has(declared):
        raise MCPError(types.INVALID_PARAMS, f"Unknown prompt: {params.name}", {"code": prompts.PromptUnknown.code})
    given = {name: value for name, value in (params.arguments or {}).items() if value != ""}
    outcome = await tools.elsewhere(prompts.get, actor_of(context), params.name, given)
    if outcome.error is not None:
        raise reading.refusal(service, context, outcome.error)
    shown: list[types.EmbeddedResource | types.TextContent] = [
        types.EmbeddedResource(resource=await reading.contents(service, context, uri)) for uri in outcome.data["about"]
    ]
    said = [types.PromptMessage(role="user", content=one) for one in (*shown, _text(outcome.data))]
    return types.GetPromptResult(description=declared.description, messages=said)


def _text(data: dict[str, Any]) -> types.TextContent:
    return types.TextContent(text=data["text"])


async def complete(service: Service, context: Context, params: types.CompleteRequestParams) -> types.CompleteResult:
    """What a field suggests for its beginning; nothing for a field that nobody knows values of."""
    values: list[str] = []
    if params.argument.name in _fields(service, params.ref):
        others = (params.context and params.context.arguments) or {}
        asked = (params.argument.name, params.argument.value, others)
        outcome = await tools.elsewhere(prompts.complete, actor_of(context), *asked)
        values = outcome.data.get("values", [])
    shown = values[: prompts.MOST]
    return types.CompleteResult(
        completion=types.Completion(values=shown, total=len(values), has_more=len(values) > len(shown))
    )


def _fields(service: Service, ref: types.PromptReference | types.ResourceTemplateReference) -> set[str]:
    """The fields of a prompt or of an address that this server has. Raises MCPError for another."""
    if isinstance(ref, types.PromptReference):
        declared = prompts.find(ref.name)
    else:
        kinds = {one.template: one.reads for one in resources.for_audiences(*service.audiences)}
        declared = kinds.get(ref.uri)
    if declared is None or not service.has(declared):
        raise MCPError(types.INVALID_PARAMS, "There is nothing of that name to complete", {"code": "NOT_FOUND"})
    return set(declared.arguments.model_fields)
