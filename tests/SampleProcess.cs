using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Mdev.Sdk.Testing;

/// <summary>A sample program as a user starts it.</summary>
internal partial class SampleProcess : IDisposable
{
    // Only a broken program makes a test wait this long.
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private const int SIGTERM = 15;

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly ManualResetEventSlim _ready = new();
    private readonly List<string> _output = [];

    protected SampleProcess(ProcessStartInfo start)
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

    /// <summary>Waits for the ready line.</summary>
    protected static T AwaitReady<T>(T process)
        where T : SampleProcess
    {
        if (process._ready.Wait(s_deadline) && process.Output is [var line, ..] && line.StartsWith("ready ", StringComparison.Ordinal))
            return process;
        string error = process.Error;
        process.Dispose();
        throw new InvalidOperationException($"The program does not get ready: {error}");
    }

    /// <summary>A client that has negotiated. No second try: ready means that the socket accepts.</summary>
    public VfioUserClient Connect() => VfioUserClient.Connect(Socket);

    /// <summary>Its process id.</summary>
    public int Process => _process.Id;

    public bool HasExited => _process.HasExited;

    public void Signal(int signal) => Assert.Equal(0, kill(_process.Id, signal));

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit status; 128 and the signal's number if one has killed it.</returns>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(s_deadline), "The program does not end.");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Asks it to end, and checks that it does so cleanly.</summary>
    public void Terminate()
    {
        Signal(SIGTERM);
        int status = WaitForExit();
        Assert.True(status == 0, $"The program ended with status {status}: {Error}");
    }

    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
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

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
