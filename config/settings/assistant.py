"""Language models for the assistant, in the order in which they are asked. Those without a key take no part."""

from config.settings.environment import read
from config.settings.outside import servers

AI_PROVIDERS = [
    {
        "name": "gemini",
        "base_url": read("AI_AGENT_API_BASE"),
        "key": read("GOOGLE_API_KEY"),
        "model": read("AI_AGENT_MODEL"),
    },
    {
        "name": "glm",
        "base_url": read("AI_AGENT_FALLBACK_API_BASE"),
        "key": read("GLM_API_KEY"),
        "model": read("AI_AGENT_FALLBACK_MODEL"),
    },
    {
        "name": "groq",
        "base_url": read("GROQ_API_BASE"),
        "key": read("GROQ_API_KEY"),
        "model": read("GROQ_MODEL"),
    },
]

ASSISTANT_MCP_SERVERS = servers(read("ASSISTANT_MCP_SERVERS"))
OUTSIDE_SPEAKER = "ghar.mcp.outside.speaker"
