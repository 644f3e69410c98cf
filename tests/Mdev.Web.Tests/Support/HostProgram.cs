using System.Diagnostics;

namespace Mdev.Web.Tests.Support;

/// <summary><see cref="Program"/> as a process of its own, as a user starts it.</summary>
internal sealed class HostProgram : IDisposable
{
    private const string Where = "The screens are at ";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("web");
    private readonly Process _process;
    private readonly List<string> _output = [], _errors = [];
    private readonly ManualResetEventSlim _ready = new();
    private readonly Thread[] _readers;

    private HostProgram(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", typeof(HostProgram).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MDEV_RUNTIME_DIR"] = _directory.FullName },
        };

        // They speak to a program that is a web server, which this is not.
        (start.Environment["ASPNETCORE_URLS"], start.Environment["ASPNETCORE_ENVIRONMENT"]) = ("http://127.0.0.1:1", "Development");
        _process = Process.Start(start)!;
        _readers =
        [
            ReadLines.Of(_process.StandardOutput, line => Add(_output, line)),
            ReadLines.Of(_process.StandardError, line => Add(_errors, line)),
        ];
    }

    public string[] Output => Of(_output);

    public string[] Errors => Of(_errors);

    /// <summary>Where it says that the page is.</summary>
    public string Url => Errors.Single(line => line.StartsWith(Where, StringComparison.Ordinal))[Where.Length..];

    /// <summary>Its one instance.</summary>
    public Guid Uuid => Guid.Parse(Output[0].Split(' ')[1]);

    public static HostProgram Start(params string[] arguments) => new(arguments);

    /// <summary>Starts it and waits for the ready line.</summary>
    public static HostProgram StartReady(params string[] arguments)
    {
        var program = new HostProgram(arguments);
        if (program._ready.Wait(s_patience) && program.Errors.Any(line => line.StartsWith(Where, StringComparison.Ordinal)))
            return program;
        string errors = string.Join('\n', program.Errors);
        program.Dispose();
        throw new InvalidOperationException($"It does not get ready: {errors}");
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit status.</returns>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(s_patience), "It does not end.");
        foreach (Thread reader in _readers)
            reader.Join();
        return _process.ExitCode;
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>The exit status.</returns>
    public int Terminate()
    {
        using Process kill = Process.Start("kill", [$"{_process.Id}"]);
        kill.WaitForExit();
        return WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        foreach (Thread reader in _readers)
            reader.Join();
        _ready.Dispose();
        _directory.Delete(recursive: true);
    }

    private void Add(List<string> lines, string line)
    {
        lock (lines)
            lines.Add(line);
        if (lines == _output)
            _ready.Set();
    }

    private static string[] Of(List<string> lines)
    {
        lock (lines)
            return [.. lines];
    }
}
