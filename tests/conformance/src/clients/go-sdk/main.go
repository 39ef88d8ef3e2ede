// Connects to a server over HTTP+SSE ("sse") or Streamable HTTP ("http"), lists the tools, lets the server add 2 and 3,
// and prints what came of it as JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type answer struct {
	Tools   []string `json:"tools"`
	Result  any      `json:"result"`
	Version string   `json:"version"`
}

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(kind, url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var transport mcp.Transport = &mcp.StreamableClientTransport{Endpoint: url}
	if kind == "sse" {
		transport = &mcp.SSEClientTransport{Endpoint: url}
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "compatibility", Version: "1"}, nil)
	session, err := client.Connect(ctx, transport, nil)
	if err != nil {
		return err
	}
	defer session.Close()
	tools, err := session.ListTools(ctx, nil)
	if err != nil {
		return err
	}
	result, err := session.CallTool(ctx, &mcp.CallToolParams{Name: "add", Arguments: map[string]any{"a": 2, "b": 3}})
	if err != nil {
		return err
	}
	names := []string{}
	for _, tool := range tools.Tools {
		names = append(names, tool.Name)
	}
	return json.NewEncoder(os.Stdout).Encode(answer{names, result, session.InitializeResult().ProtocolVersion})
}
