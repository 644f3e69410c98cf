using System.Diagnostics;

namespace Mdev.Bridge.Tests;

/// <summary>dd, in the middle of a read of an interrupt's file.</summary>
internal sealed class Reader : IDisposable
{
    private readonly Process _process;

    private Reader(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts it and waits until it is in its read.</summary>
    public static Reader Start(string file)
    {
        var start = new ProcessStartInfo("dd", [$"if={file}", "bs=8", "count=1"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        var reader = new Reader(Process.Start(start)!);
        Eventually.True(reader.IsReading, $"dd does not get to read {file}.");
        return reader;
    }

    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        kill.WaitForExit();
    }

    /// <summary>A line of what dd says of itself.</summary>
    public string? Said() => _process.StandardError.ReadLine();

    /// <summary>Waits for its end.</summary>
    /// <returns>Its status, what it read, and what more it said.</returns>
    public (int Status, byte[] Read, string Said) End()
    {
        using var read = new MemoryStream();
        _process.StandardOutput.BaseStream.CopyTo(read);
        string said = _process.StandardError.ReadToEnd();
        Assert.True(_process.WaitForExit(20_000), "dd does not end.");
        return (_process.ExitCode, read.ToArray(), said);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    // dd sets its signal handlers up behind its opens, and sleeps nowhere but in its read.
    private bool IsReading()
    {
        const ulong User1 = 1ul << 9;
        string[] status = File.ReadAllLines($"/proc/{Id}/status");
        string Value(string name) => status.Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();
        return (Convert.ToUInt64(Value("SigCgt"), 16) & User1) != 0 && Value("State").StartsWith('S');
    }
}
