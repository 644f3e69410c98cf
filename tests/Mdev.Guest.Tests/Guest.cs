using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Mdev.Guest.Tests;

/// <summary>A stock guest in a stock QEMU, booted by <c>lab/boot</c>.</summary>
internal sealed class Guest : IDisposable
{
    private readonly string _pidFile = Path.GetTempFileName();
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Thread[] _readers;

    private Guest(IEnumerable<string> arguments)
    {
        File.Delete(_pidFile);
        var start = new ProcessStartInfo(Paths.Lab("boot"), ["--timeout", "120", "--pid-file", _pidFile, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _readers = [ReadLines.Of(_process.StandardOutput, Append), ReadLines.Of(_process.StandardError, Append)];
    }

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts a guest with a card in it, which runs a script.</summary>
    public static Guest Start(Card card, string script, params string[] options) =>
        new(["--socket", card.Socket, "--script", script, .. options]);

    /// <summary>Starts a guest with a card behind a PCI Express root port, where a link has a speed.</summary>
    public static Guest StartBehindPort(Card card, string script, params string[] options) => new(
    [
        "--script", script,
        "--qemu-arg", "-device", "--qemu-arg", "pcie-root-port,id=upstream,chassis=1",
        "--qemu-arg", "-device", "--qemu-arg", $$$"""{"driver":"vfio-user-pci","bus":"upstream","socket":{"type":"unix","path":"{{{card.Socket}}}"}}""",
        .. options,
    ]);

    /// <summary>Starts a guest with more words on QEMU's command line, and no card but those that they name.</summary>
    public static Guest StartWith(IEnumerable<string> words, string script, params string[] options) =>
        new(["--script", script, .. words.SelectMany(word => (string[])["--qemu-arg", word]), .. options]);

    /// <summary>Starts a guest without a card, which runs programs of its own.</summary>
    public static Guest StartWith(GuestPrograms programs, string script, params string[] options) =>
        new(["--script", script, "--share", programs.Folder, .. options]);

    /// <summary>Waits until the guest has switched itself off.</summary>
    /// <param name="patience">How long; 150 seconds if not given.</param>
    /// <returns>The script's exit status.</returns>
    public int WaitForEnd(TimeSpan? patience = null)
    {
        Assert.True(_process.WaitForExit(patience ?? TimeSpan.FromSeconds(150)), "The guest did not end.");
        ReadToEnd();
        return _process.ExitCode;
    }

    /// <summary>Waits until the guest has printed a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="times">How often, since its start.</param>
    public void WaitFor(string text, int times = 1)
    {
        var patience = Stopwatch.StartNew();
        while (!HasSaid(text, times))
        {
            if (_process.HasExited)
            {
                ReadToEnd();
                Assert.True(
                    HasSaid(text, times),
                    $"The guest ended with status {_process.ExitCode} without saying '{text}'; it said:\n{Output}");
                return;
            }
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(120), $"The guest never said '{text}'; it said:\n{Output}");
            Thread.Sleep(20);
        }
    }

    /// <summary>Waits for the next line that begins so.</summary>
    /// <param name="start">How it begins.</param>
    /// <param name="number">Which of them, from 1.</param>
    /// <returns>The line; <see langword="null"/> if the guest ends without it.</returns>
    public string? Next(string start, int number)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            bool hasEnded = _process.HasExited;
            if (hasEnded)
                ReadToEnd();
            string? line = Output.Split('\n').Select(l => l.TrimEnd('\r'))
                .Where(l => l.StartsWith(start, StringComparison.Ordinal)).ElementAtOrDefault(number - 1);
            if (line is not null || hasEnded)
                return line;
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(120), $"The guest never said '{start}' again; it said:\n{Output}");
            Thread.Sleep(20);
        }
    }

    /// <summary>Stops QEMU where it is, all of its threads, for a while.</summary>
    public void StandStill(TimeSpan time)
    {
        string pid = File.ReadAllText(_pidFile).Trim();
        using (Process stop = Process.Start("kill", ["-STOP", pid]))
            stop.WaitForExit();
        Thread.Sleep(time);
        using Process go = Process.Start("kill", ["-CONT", pid]);
        go.WaitForExit();
    }

    /// <summary>Kills QEMU as the kernel does when memory is short.</summary>
    public void Kill()
    {
        if (File.Exists(_pidFile) && File.ReadAllText(_pidFile).Trim() is { Length: > 0 } pid)
        {
            using Process qemu = Process.GetProcessById(int.Parse(pid, CultureInfo.InvariantCulture));
            qemu.Kill();
        }
        else
        {
            _process.Kill();
        }
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        ReadToEnd();
        _process.Dispose();
        File.Delete(_pidFile);
    }

    private bool HasSaid(string text, int times) => Output.Split(text).Length > times;

    private void ReadToEnd()
    {
        foreach (Thread reader in _readers)
            reader.Join();
    }

    private void Append(string line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
