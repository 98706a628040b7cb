"""Answers of kinds that no area of the platform gives, straight in the words of the protocol."""

import base64
import struct
import zlib
from collections.abc import Awaitable, Callable
from typing import Any

import mcp_types as types
import orjson
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from ghar.mcp import servers
from ghar.mcp.service import Context, Service


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


_PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00"))
    + _chunk(b"IEND", b"")
)
PICTURE = base64.b64encode(_PNG).decode()
_WAV = b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
SOUND = base64.b64encode(_WAV + b"data" + struct.pack("<I", 0)).decode()


def _embedded(uri: str, mime: str, text: str) -> types.EmbeddedResource:
    return types.EmbeddedResource(resource=types.TextResourceContents(uri=uri, mime_type=mime, text=text))


_PICTURE = types.ImageContent(data=PICTURE, mime_type="image/png")
CONTENTS: dict[str, list[Any]] = {
    "test_image_content": [_PICTURE],
    "test_audio_content": [types.AudioContent(data=SOUND, mime_type="audio/wav")],
    "test_embedded_resource": [
        _embedded("test://embedded-resource", "text/plain", "This is an embedded resource content.")
    ],
    "test_multiple_content_types": [
        types.TextContent(text="Multiple content types test:"),
        _PICTURE,
        _embedded("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
    ],
}


def _form(message: str, field: str, kind: str = "string") -> types.ElicitRequest:
    schema = {"type": "object", "properties": {field: {"type": kind}}, "required": [field]}
    return types.ElicitRequest(params=types.ElicitRequestFormParams(message=message, requested_schema=schema))


def _sample(text: str) -> types.CreateMessageRequest:
    said = types.SamplingMessage(role="user", content=types.TextContent(text=text))
    return types.CreateMessageRequest(params=types.CreateMessageRequestParams(messages=[said], max_tokens=100))


_NAME = _form("What is your name?", "name")
_ROOTS = types.ListRootsRequest()
Rounds = list[dict[str, Any]]
ROUNDS: dict[str, Rounds] = {
    "test_input_required_result_elicitation": [{"user_name": _NAME}],
    "test_input_required_result_sampling": [{"capital_question": _sample("What is the capital of France?")}],
    "test_input_required_result_list_roots": [{"client_roots": _ROOTS}],
    "test_input_required_result_request_state": [{"confirm": _form("Please confirm", "ok", "boolean")}],
    "test_input_required_result_tampered_state": [{"confirm": _form("Please confirm", "ok", "boolean")}],
    "test_input_required_result_multiple_inputs": [
        {"user_name": _NAME, "greeting": _sample("Generate a greeting"), "client_roots": _ROOTS}
    ],
    "test_input_required_result_multi_round": [
        {"step1": _form("Step 1: What is your name?", "name")},
        {"step2": _form("Step 2: What is your favorite color?", "color")},
    ],
    "test_input_required_result_capabilities": [
        {"user_name": _NAME, "greeting": _sample("Generate a greeting"), "client_roots": _ROOTS}
    ],
}
PROMPT = "test_input_required_result_prompt"
_PROMPT_ROUNDS: Rounds = [{"user_context": _form("What context should the prompt use?", "context")}]
_WITHOUT_STATE = {"test_input_required_result_elicitation"}
_CAPABILITIES = {"elicitation/create": "elicitation", "sampling/createMessage": "sampling", "roots/list": "roots"}


def _next_round(context: Context, name: str, rounds: Rounds, params: Any) -> types.InputRequiredResult | None:
    """The question of this round, or the next one when it was answered; None after the last."""
    number = int(params.request_state or 0)
    answers = params.input_responses or {}
    if rounds[number].keys() <= answers.keys():
        number += 1
    if number == len(rounds):
        return None
    declared = context.session.client_capabilities
    wanted = {
        key: request
        for key, request in rounds[number].items()
        if getattr(declared, _CAPABILITIES[request.method], None) is not None
    }
    state = None if name in _WITHOUT_STATE else str(number)
    return types.InputRequiredResult(input_requests=wanted, request_state=state)


def _said(params: Any) -> str:
    answers = {key: value.model_dump(mode="json") for key, value in params.input_responses.items()}
    name = ((answers.get("user_name") or {}).get("content") or {}).get("name", "")
    return f"Hello, {name}! state-ok {orjson.dumps(answers).decode()}"


async def _missing_capability(context: Context) -> types.CallToolResult:
    declared = context.session.client_capabilities
    if declared is None or declared.sampling is None:
        needed = {"requiredCapabilities": {"sampling": {}}}
        raise MCPError(types.MISSING_REQUIRED_CLIENT_CAPABILITY, "This tool needs sampling", needed)
    return types.CallToolResult(content=[types.TextContent(text="The client can sample.")])


DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS: dict[str, dict[str, Any]] = {
    "json_schema_2020_12_tool": {
        "$schema": DIALECT,
        "type": "object",
        "$defs": {
            "address": {
                "$anchor": "addressDef",
                "type": "object",
                "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
            }
        },
        "properties": {
            "name": {"type": "string"},
            "address": {"$ref": "#/$defs/address"},
            "contactMethod": {"type": "string", "enum": ["phone", "email"]},
            "phone": {"type": "string"},
            "email": {"type": "string"},
        },
        "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
        "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
        "then": {"required": ["phone"]},
        "else": {"required": ["email"]},
        "additionalProperties": False,
    },
    "test_headers": {
        "type": "object",
        "properties": {"region": {"type": "string", "x-mcp-header": "Region"}, "query": {"type": "string"}},
    },
}
Handler = Callable[[Context, Any], Awaitable[Any]]


class Raw:
    """The handlers of these names; what has another goes to the platform's own."""

    def __init__(self, server: Server[Any]) -> None:
        self._server = server
        self._ours: dict[str, Handler] = {}

    def take(self, method: str, params: type[Any], handler: Handler) -> None:
        """Stand before the platform's handler of a method."""
        if (entry := self._server.get_request_handler(method)) is not None:
            self._ours[method] = entry.handler
        self._server.add_request_handler(method, params, handler)

    async def list_tools(self, context: Context, params: types.PaginatedRequestParams) -> types.ListToolsResult:
        listed = await self._ours["tools/list"](context, params)
        more = [
            types.Tool(
                name=name,
                description=name,
                input_schema=SCHEMAS.get(name, {"type": "object"}),
                annotations=types.ToolAnnotations(),
                _meta={"securitySchemes": []},
            )
            for name in (*CONTENTS, *ROUNDS, *SCHEMAS, "test_missing_capability")
        ]
        return types.ListToolsResult(tools=[*listed.tools, *more])

    async def call_tool(self, context: Context, params: types.CallToolRequestParams) -> Any:
        if params.name in ROUNDS:
            question = _next_round(context, params.name, ROUNDS[params.name], params)
            return question or types.CallToolResult(content=[types.TextContent(text=_said(params))])
        if params.name == "test_missing_capability":
            return await _missing_capability(context)
        if params.name in CONTENTS or params.name in SCHEMAS:
            return types.CallToolResult(content=CONTENTS.get(params.name, [types.TextContent(text="Fine.")]))
        return await self._ours["tools/call"](context, params)

    async def list_prompts(self, context: Context, params: types.PaginatedRequestParams) -> types.ListPromptsResult:
        listed = await self._ours["prompts/list"](context, params)
        more = [types.Prompt(name=name, description=name) for name in (PROMPT, "test_prompt_with_image")]
        return types.ListPromptsResult(prompts=[*listed.prompts, *more])

    async def get_prompt(self, context: Context, params: types.GetPromptRequestParams) -> Any:
        if params.name == PROMPT:
            question = _next_round(context, params.name, _PROMPT_ROUNDS, params)
            return question or _prompt(types.TextContent(text=_said(params)))
        if params.name == "test_prompt_with_image":
            return _prompt(_PICTURE, types.TextContent(text="Please analyze the image above."))
        return await self._ours["prompts/get"](context, params)


def build(service: Service) -> Server[Any]:
    """The platform's server of a service, which also knows these."""
    server = servers.build(service)
    known = server.get_tool_input_schema
    server.get_tool_input_schema = lambda name: SCHEMAS.get(name) or (known(name) if known is not None else None)
    raw = Raw(server)
    raw.take("tools/list", types.PaginatedRequestParams, raw.list_tools)
    raw.take("tools/call", types.CallToolRequestParams, raw.call_tool)
    raw.take("prompts/list", types.PaginatedRequestParams, raw.list_prompts)
    raw.take("prompts/get", types.GetPromptRequestParams, raw.get_prompt)
    return server


def _prompt(*contents: Any) -> types.GetPromptResult:
    return types.GetPromptResult(messages=[types.PromptMessage(role="user", content=one) for one in contents])
