using System.Diagnostics;
using System.Text;
using Mdev.Sdk.Testing;

namespace Mtty.Tests;

/// <summary>The sample program as a user starts it.</summary>
internal sealed class MttyProcess : IDisposable
{
    // Only a broken program makes a test wait this long.
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly ManualResetEventSlim _ready = new();
    private readonly List<string> _output = [];

    private MttyProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => OnOutput(e.Data);
        _process.ErrorDataReceived += (_, e) => OnError(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The words of the ready line behind "ready".</summary>
    public string[] Ready => Output[0].Split(' ')[1..];

    public string Uuid => Ready[0];
    public string Type => Ready[1];
    public string Socket => Ready[2];

    public string[] Output
    {
        get
        {
            lock (_output)
                return [.. _output];
        }
    }

    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Starts it and waits for the ready line.</summary>
    public static MttyProcess StartReady(params string[] arguments) => WaitUntilReady(Start(arguments));

    /// <summary>Starts it.</summary>
    public static MttyProcess Start(params string[] arguments) => new(new ProcessStartInfo(Paths.Mtty, arguments));

    /// <summary>Starts it by a shell, where <c>"$@"</c> is the program with its arguments.</summary>
    public static MttyProcess StartByShell(string script, params string[] arguments) =>
        new(new ProcessStartInfo("bash", ["-c", script, "bash", Paths.Mtty, .. arguments]));

    /// <summary>Starts it with a folder for its sockets.</summary>
    public static MttyProcess StartIn(string runtimeDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo(Paths.Mtty, arguments);
        start.Environment["MDEV_RUNTIME_DIR"] = runtimeDirectory;
        return new MttyProcess(start);
    }

    /// <summary>Waits for the ready line.</summary>
    public static MttyProcess WaitUntilReady(MttyProcess process)
    {
        if (process._ready.Wait(s_deadline) && process.Output is [var line, ..] && line.StartsWith("ready ", StringComparison.Ordinal))
            return process;
        string error = process.Error;
        process.Dispose();
        throw new InvalidOperationException($"Mtty does not get ready: {error}");
    }

    /// <summary>A client that has negotiated. No second try: ready means that the socket accepts.</summary>
    public VfioUserClient Connect() => VfioUserClient.Connect(Socket);

    /// <summary>Its process id.</summary>
    public int Process => _process.Id;

    public bool HasExited => _process.HasExited;

    public void Signal(int signal) => Assert.Equal(0, Libc.kill(_process.Id, signal));

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit status; 128 and the signal's number if one has killed it.</returns>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(s_deadline), "Mtty does not end.");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Asks it to end, and checks that it does so cleanly.</summary>
    public void Terminate()
    {
        Signal(Libc.SIGTERM);
        int status = WaitForExit();
        Assert.True(status == 0, $"Mtty ended with status {status}: {Error}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _ready.Dispose();
    }

    private void OnOutput(string? line)
    {
        if (line is not null)
        {
            lock (_output)
                _output.Add(line);
        }
        _ready.Set();
    }

    private void OnError(string? line)
    {
        if (line is null)
            return;
        lock (_error)
            _error.Append(line).Append('\n');
    }
}
