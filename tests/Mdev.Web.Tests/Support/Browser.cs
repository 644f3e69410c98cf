using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mdev.Web.Tests.Support;

/// <summary>Chromium without a window, told what to do by its remote debugging protocol.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("chr");
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _deadline = new(s_patience);
    private readonly List<string> _complaints = [];
    private string? _session;
    private int _last;

    private Browser()
    {
        string[] arguments =
        [
            "chromium", "--remote-debugging-port=0", $"--user-data-dir={_profile.FullName}", "--window-size=1280,800", "--no-first-run",
            "about:blank",
        ];
        _process = Process.Start(new ProcessStartInfo(Repository.PathOf("lab/tool"), arguments) { RedirectStandardError = true })!;
        _process.BeginErrorReadLine();
    }

    /// <summary>What the page has complained of: errors, exceptions, and what its policy forbade; warnings may be of what a test does.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Opens a page.</summary>
    public static async Task<Browser> OpenAsync(string url)
    {
        var browser = new Browser();
        try
        {
            await browser.ConnectAsync();
            await browser.CallAsync("Runtime.enable");
            await browser.CallAsync("Log.enable");
            await browser.CallAsync("Page.enable");
            await browser.CallAsync("Page.navigate", new JsonObject { ["url"] = url });
            return browser;
        }
        catch
        {
            browser.Dispose();
            throw;
        }
    }

    /// <summary>The value of a script, of which promises are waited for.</summary>
    public async Task<JsonNode?> EvaluateAsync(string script)
    {
        JsonNode answer = await CallAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = script,
            ["returnByValue"] = true,
            ["awaitPromise"] = true,
        });
        Assert.True(answer["exceptionDetails"] is null, $"{script}: {answer}");
        return answer["result"]!["value"];
    }

    /// <summary>Waits until a script's value is true.</summary>
    public async Task UntilAsync(string script)
    {
        while (true)
        {
            if ((await EvaluateAsync($"Boolean({script})"))?.GetValue<bool>() == true)
                return;
            await Task.Delay(50, _deadline.Token);
        }
    }

    /// <summary>A picture of the window, as PNG.</summary>
    public async Task<byte[]> ScreenshotAsync() =>
        Convert.FromBase64String((await CallAsync("Page.captureScreenshot"))["data"]!.GetValue<string>());

    /// <summary>Another size or another theme.</summary>
    public async Task ShowAsAsync(int width, int height, string scheme)
    {
        await CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject
        {
            ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false,
        });
        await CallAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
        });
    }

    /// <summary>A call of the protocol.</summary>
    public async Task<JsonNode> CallAsync(string method, JsonObject? parameters = null)
    {
        int id = ++_last;
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (_session is not null)
            call["sessionId"] = _session;
        await _socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes<JsonNode>(call).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, _deadline.Token);
        while (true)
        {
            JsonNode message = await ReceiveAsync();
            Note(message);
            if (message["id"]?.GetValue<int>() != id)
                continue;
            Assert.True(message["error"] is null, $"{method}: {message}");
            return message["result"]!;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _deadline.Dispose();
        try
        {
            _profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // One of its processes writes a last file.
        }
    }

    private async Task ConnectAsync()
    {
        string file = Path.Combine(_profile.FullName, "DevToolsActivePort");
        string[] lines = [];
        while (lines.Length < 2)
        {
            Assert.False(_process.HasExited, "Chromium has ended.");
            await Task.Delay(50, _deadline.Token);
            lines = File.Exists(file) ? await File.ReadAllLinesAsync(file, _deadline.Token) : [];
        }
        await _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{lines[0]}{lines[1]}"), _deadline.Token);
        JsonNode targets = await CallAsync("Target.getTargets");
        JsonNode page = targets["targetInfos"]!.AsArray().First(t => t!["type"]!.GetValue<string>() == "page")!;
        JsonNode attached = await CallAsync("Target.attachToTarget", new JsonObject
        {
            ["targetId"] = page["targetId"]!.GetValue<string>(),
            ["flatten"] = true,
        });
        _session = attached["sessionId"]!.GetValue<string>();
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using var message = new MemoryStream();
        byte[] room = new byte[1 << 16];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(room.AsMemory(), _deadline.Token);
            message.Write(room, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }

    private void Note(JsonNode message)
    {
        switch (message["method"]?.GetValue<string>())
        {
            case "Runtime.exceptionThrown":
            case "Log.entryAdded" when message["params"]!["entry"]!["level"]!.GetValue<string>() == "error":
            case "Runtime.consoleAPICalled" when message["params"]!["type"]!.GetValue<string>() == "error":
                _complaints.Add(message["params"]!.ToJsonString());
                break;
        }
    }
}
