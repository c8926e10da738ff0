/// LLM traffic: operations, requests and answers of the model APIs, metering. Blind to mcp.
@NullMarked
package dev.agw.llm;

import org.jspecify.annotations.NullMarked;
