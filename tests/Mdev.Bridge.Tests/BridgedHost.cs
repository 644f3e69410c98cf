using System.Diagnostics;

namespace Mdev.Bridge.Tests;

/// <summary>A host process with one exerciser on the bridge.</summary>
internal sealed class BridgedHost : SampleProcess
{
    private readonly string _runtimeDirectory;

    private BridgedHost(string runtimeDirectory, ProcessStartInfo start)
        : base(start) => _runtimeDirectory = runtimeDirectory;

    /// <summary>Its device's folder.</summary>
    public string Folder => Path.Combine(_runtimeDirectory, "bridge", Uuid);

    /// <summary>A file of it.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>How many files it has open.</summary>
    public int Descriptors => Directory.GetFileSystemEntries($"/proc/{Process}/fd").Length;

    /// <summary>Starts one and waits until it is ready.</summary>
    public static BridgedHost Start(string runtimeDirectory, string device = "exerciser")
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Mdev.Devices"), [device, "--bridge", "fuse"]);
        start.Environment["MDEV_RUNTIME_DIR"] = runtimeDirectory;
        return AwaitReady(new BridgedHost(runtimeDirectory, start));
    }

    /// <summary>SIGKILL: nothing is tidied up.</summary>
    public void Kill()
    {
        const int SIGKILL = 9;
        Signal(SIGKILL);
        WaitForExit();
    }
}
