import { describe, expect, test } from "vitest";
import { outcomeOf } from "../src/bridge/outcome";
import { messageIn } from "../src/bridge/standalone";

describe("what came of a call", () => {
  test("both shapes of results are one", () => {
    expect(outcomeOf({ structuredContent: { total: 1 } })).toEqual({ data: { total: 1 } });
    expect(outcomeOf({ structuredContent: { ok: true, data: { total: 1 } } })).toEqual({ data: { total: 1 } });
    expect(outcomeOf({ total: 1 })).toEqual({ data: { total: 1 } });
  });

  test("data that hosts pass as text is found", () => {
    const content = [{ type: "text", text: "Found 1 home." }, { type: "text", text: '{"total":1}' }];
    expect(outcomeOf({ content })).toEqual({ data: { total: 1 } });
    expect(outcomeOf({ result: '{"total":1}' })).toEqual({ data: { total: 1 } });
    expect(outcomeOf('{"total":1}')).toEqual({ data: { total: 1 } });
  });

  test("a refusal keeps its code and its words, in both shapes", () => {
    const refusal = { failure: { code: "NOT_FOUND", message: "Gone.", signIn: false } };
    const told = { code: "NOT_FOUND", message: "Gone." };
    expect(outcomeOf({ isError: true, structuredContent: { error: true, ...told } })).toEqual(refusal);
    expect(outcomeOf({ isError: true, structuredContent: { ok: false, error: told, message: "Gone." } })).toEqual(refusal);
    expect(outcomeOf({ error: true, ...told })).toEqual(refusal);
  });

  test("who has to sign in is told so", () => {
    const structuredContent = { requires_auth: true, action: "swipe", code: "INSUFFICIENT_SCOPE" };
    const failure = outcomeOf({ isError: true, structuredContent, content: [{ type: "text", text: "Sign in." }] }).failure;
    expect(failure).toEqual({ code: "INSUFFICIENT_SCOPE", message: "Sign in.", signIn: true });
  });

  test("what cannot be read is a failure", () => {
    for (const broken of [undefined, null, 7, "no data", { content: [] }, { content: [{ type: "text", text: "[1]" }] }]) {
      expect(outcomeOf(broken).failure?.code).toBe("UNREADABLE");
    }
  });
});

describe("the answer of a server", () => {
  test("is JSON or the last message of a stream", () => {
    expect(messageIn('{"id":1}')).toEqual({ id: 1 });
    expect(messageIn('event: message\ndata: {"progress":1}\n\nevent: message\ndata: {"id":1}\n\n')).toEqual({ id: 1 });
    expect(messageIn("<html>")).toBeUndefined();
  });
});
