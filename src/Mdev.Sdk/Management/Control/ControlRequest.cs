using System.Text.Json;

namespace Mdev.Sdk.Management.Control;

/// <summary>A request, on a line: <c>{"command":"create","arguments":{"type":"mtty-1"}}</c>.</summary>
/// <param name="Command">The command's name.</param>
/// <param name="Arguments">Its arguments, an object; left out if there are none.</param>
internal sealed record ControlRequest(string Command, JsonElement? Arguments = null);
