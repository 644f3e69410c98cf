using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Mdev.Guest.Tests;

/// <summary>A sample's process, serving a card on a socket in a folder of its own, until it is disposed.</summary>
internal sealed class Card : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mdev-");
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private Card(string program, string type, params string[] options)
        : this(program, [], type, options)
    {
    }

    private Card(string program, string[] device, string type, string[] options)
    {
        // Before anything else, so that a test without a lab fails at once instead of waiting for a guest that never comes.
        Assert.True(Lab.IsReady, Lab.Missing);
        var start = new ProcessStartInfo(program, [.. device, "--type", type, "--socket-path", Socket, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MDEV_RUNTIME_DIR"] = _directory.FullName },
        };
        _process = Process.Start(start)!;
        _ = ReadLines.Of(_process.StandardError, line =>
        {
            lock (_log)
                _log.AppendLine(line);
        });
        string? ready = _process.StandardOutput.ReadLine();
        Assert.StartsWith("ready ", ready, StringComparison.Ordinal);
        Uuid = ready!.Split(' ')[1];
    }

    public static Card Dice() => new(Paths.Dice, "dice-d20");

    /// <summary>One of tests/Mdev.Devices.</summary>
    public static Card FromDataSheet(string device, string type, params string[] options) => new(Paths.Devices, [device], type, options);

    public static Card DualSerial(params string[] options) => new(Paths.Mtty, "mtty-2", options);

    public static Card Display(string type, params string[] options) =>
        new(type.StartsWith("mdpy-", StringComparison.Ordinal) ? Paths.Mdpy : Paths.Mbochs, type, options);

    public string Uuid { get; }

    /// <summary>Where the process publishes itself, for tools.</summary>
    public string RuntimeDirectory => _directory.FullName;

    public string Socket => Path.Combine(_directory.FullName, "card.sock");

    /// <summary>What the process has said on standard error so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    public int Descriptors => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    public int Threads => Directory.GetFileSystemEntries($"/proc/{_process.Id}/task").Length;

    /// <summary>Waits until what the process says fulfils a condition.</summary>
    public void WaitForLog(Func<string, bool> condition)
    {
        var patience = Stopwatch.StartNew();
        while (!condition(Log))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), $"The card never said it; it said:\n{Log}");
            Thread.Sleep(20);
        }
    }

    /// <summary>Ends it as a service manager does.</summary>
    /// <returns>Its exit status.</returns>
    public int Terminate()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(10)), "The card did not end on SIGTERM.");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }
}
