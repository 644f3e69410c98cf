using System.Diagnostics;

namespace Mbochs.Tests;

/// <summary>One of the two sample programs as a user starts it.</summary>
internal sealed class DisplayProcess : SampleProcess
{
    private readonly DirectoryInfo _folder;

    private DisplayProcess(ProcessStartInfo start, DirectoryInfo folder)
        : base(start) => _folder = folder;

    /// <summary>Starts it with a runtime folder of its own.</summary>
    public static DisplayProcess Start(string sample, params string[] arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mdsp");
        var start = new ProcessStartInfo(Paths.Program(sample), arguments);
        start.Environment["MDEV_RUNTIME_DIR"] = folder.FullName;
        return new DisplayProcess(start, folder);
    }

    /// <summary>Starts it and waits for the ready line.</summary>
    public static DisplayProcess StartReady(string sample, params string[] arguments) => Ready(Start(sample, arguments));

    /// <summary>Starts the sample that has a type, with one instance of it.</summary>
    public static DisplayProcess OfType(string type) =>
        StartReady(type.StartsWith("mdpy-", StringComparison.Ordinal) ? "Mdpy" : "Mbochs", "--type", type);

    public override void Dispose()
    {
        base.Dispose();
        _folder.Delete(recursive: true);
    }
}
