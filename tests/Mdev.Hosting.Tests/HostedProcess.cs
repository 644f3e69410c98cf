using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Mdev.Hosting.Tests;

/// <summary>A program of the samples or tests, as systemd starts it.</summary>
internal sealed class HostedProcess : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly Thread[] _readers;

    private HostedProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _readers = [Read(_process.StandardOutput), Read(_process.StandardError)];
    }

    /// <summary>What it has said, on standard output and error.</summary>
    public string[] Output
    {
        get
        {
            lock (_output)
                return [.. _output];
        }
    }

    /// <summary>Its ready lines.</summary>
    public string[] Ready => [.. Output.Where(line => line.StartsWith("ready ", StringComparison.Ordinal))];

    public int Id => _process.Id;

    /// <summary>Starts a program of the build.</summary>
    /// <param name="program">Its project's name.</param>
    /// <param name="environment">Beside this process' own.</param>
    /// <param name="arguments">Its arguments.</param>
    public static HostedProcess Start(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Start(new ProcessStartInfo(PathOf(program), arguments), environment);

    /// <summary>Starts a program of the build by a shell, where <c>"$@"</c> is the program with its arguments.</summary>
    public static HostedProcess StartByShell(
        string script, string program, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Start(new ProcessStartInfo("bash", ["-c", script, "bash", PathOf(program), .. arguments]), environment);

    private static HostedProcess Start(ProcessStartInfo start, IReadOnlyDictionary<string, string> environment)
    {
        foreach ((string key, string value) in environment)
            start.Environment[key] = value;
        return new HostedProcess(start);
    }

    public static string PathOf(string program) => string.Format(
        CultureInfo.InvariantCulture,
        typeof(HostedProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Programs").Value!,
        program);

    public void Signal(int signal) => Assert.Equal(0, Libc.kill(_process.Id, signal));

    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(s_deadline), $"The process does not end: {string.Join('\n', Output)}");
        foreach (Thread reader in _readers)
            reader.Join();
        return _process.ExitCode;
    }

    /// <summary>Asks it to end, and checks that it does so cleanly.</summary>
    public void Terminate()
    {
        Signal(Libc.SIGTERM);
        int status = WaitForExit();
        Assert.True(status == 0, $"It ended with status {status}: {string.Join('\n', Output)}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private Thread Read(StreamReader reader)
    {
        var thread = new Thread(() =>
        {
            while (reader.ReadLine() is { } line)
            {
                lock (_output)
                    _output.Add(line);
            }
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }
}
