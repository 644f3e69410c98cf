using System.Diagnostics;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

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
    public static DisplayProcess StartReady(string sample, params string[] arguments) => AwaitReady(Start(sample, arguments));

    /// <summary>Starts the sample that has a type, with one instance of it.</summary>
    public static DisplayProcess OfType(string type, params string[] arguments) =>
        StartReady(type.StartsWith("mdpy-", StringComparison.Ordinal) ? "Mdpy" : "Mbochs", ["--type", type, .. arguments]);

    /// <summary>A file in its folder.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Runs the tool on it.</summary>
    /// <returns>The exit status, and what it said on standard error.</returns>
    public (int Status, string Error) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Paths.Tool, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["MDEV_RUNTIME_DIR"] = _folder.FullName;
        using Process tool = System.Diagnostics.Process.Start(start)!;
        Task<string> error = tool.StandardError.ReadToEndAsync();
        tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();
        return (tool.ExitCode, error.Result);
    }

    /// <summary>What its screen shows, by way of a file.</summary>
    public Image<Rgb24> TakePicture()
    {
        string file = this["picture.png"];
        (int status, string error) = Run("screenshot", Uuid, file);
        Assert.True(status == 0, error);
        return Image.Load<Rgb24>(file);
    }

    public override void Dispose()
    {
        base.Dispose();
        _folder.Delete(recursive: true);
    }
}
