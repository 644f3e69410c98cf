using System.Diagnostics;
using System.Text;
using Mtty.Tests;

namespace Mdev.Tool.Tests;

/// <summary>A process whose outputs are read by threads, so that it never waits for us.</summary>
internal sealed class RunningProcess : IDisposable
{
    // Only a broken program makes a test wait this long.
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new(), _error = new();
    private readonly Task _reading;

    public RunningProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _reading = Task.WhenAll(Read(_process.StandardOutput, _output), Read(_process.StandardError, _error));
    }

    public string Output => Text(_output);

    public string Error => Text(_error);

    public bool HasExited => _process.HasExited;

    public void Signal(int signal) => Assert.Equal(0, Libc.kill(_process.Id, signal));

    /// <summary>Waits until it has printed something.</summary>
    public void WaitFor(string text) => Eventually.True(() => Output.Contains(text, StringComparison.Ordinal), () => $"No '{text}' in: {Output}{Error}");

    public Ran WaitForExit()
    {
        Assert.True(_process.WaitForExit(s_deadline) && _reading.Wait(s_deadline), $"The process does not end: {Output}{Error}");
        return new Ran(_process.ExitCode, Output, Error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Task Read(StreamReader from, StringBuilder to) => Task.Run(() =>
    {
        char[] some = new char[4096];
        int count;
        while ((count = from.Read(some)) > 0)
        {
            lock (to)
                to.Append(some, 0, count);
        }
    });

    private static string Text(StringBuilder builder)
    {
        lock (builder)
            return builder.ToString();
    }
}
