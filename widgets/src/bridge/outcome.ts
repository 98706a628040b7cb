/** What came of a tool call: the same for both shapes of results, and for every way in which hosts pass them on. */

import type { Values } from "./host";

export interface Failure {
  code: string;
  message: string;
  /** The person has to sign in, or to grant more. */
  signIn: boolean;
}

export type Outcome = { data: Values; failure?: undefined } | { data?: undefined; failure: Failure };

const UNREADABLE = "The answer could not be read.";

export function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The outcome of a CallToolResult, of its structured content alone, or of the JSON text that older hosts pass. */
export function outcomeOf(result: unknown): Outcome {
  const data = dataOf(result);
  const isError = isObject(result) && result["isError"] === true;
  if (data === undefined) return failed("UNREADABLE", textOf(result) ?? UNREADABLE);
  if (data["requires_auth"] === true) return failed(word(data["code"]) ?? "UNAUTHORIZED", sentence(result, data), true);
  if (data["ok"] === true && isObject(data["data"])) return { data: data["data"] };
  if (isError || data["ok"] === false || data["error"] === true) {
    const told = isObject(data["error"]) ? data["error"] : data;
    return failed(word(told["code"]) ?? "FAILED", word(told["message"]) ?? sentence(result, data));
  }
  return { data };
}

export function failed(code: string, message: string, signIn = false): Outcome {
  return { failure: { code, message, signIn } };
}

function dataOf(result: unknown): Values | undefined {
  if (typeof result === "string") return parsed(result);
  if (!isObject(result)) return undefined;
  if (isObject(result["structuredContent"])) return result["structuredContent"];
  if (typeof result["result"] === "string") return parsed(result["result"]);
  if (Array.isArray(result["content"])) return texts(result).map(parsed).find((value) => value !== undefined);
  return result;
}

function parsed(text: string): Values | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined; // a sentence, not data
  }
}

function texts(result: Values): string[] {
  const blocks = Array.isArray(result["content"]) ? result["content"] : [];
  return blocks.flatMap((block) => (isObject(block) && typeof block["text"] === "string" ? [block["text"]] : []));
}

function textOf(result: unknown): string | undefined {
  return isObject(result) ? texts(result)[0] : undefined;
}

function sentence(result: unknown, data: Values): string {
  return word(data["message"]) ?? textOf(result) ?? "That did not work.";
}

function word(value: unknown): string | undefined {
  return typeof value === "string" && value ? value : undefined;
}
