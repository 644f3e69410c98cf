using System.Runtime.InteropServices;

namespace Mdev.Guest.Tests;

/// <summary>
/// .NET programs as the build left them, and the runtime of these tests, in a folder for <c>lab/boot --share</c>. In the guest a program
/// is <c>/share/NAME/NAME</c>, and starts with <c>DOTNET_ROOT=/share/dotnet</c>. The folder holds links alone, so making one costs nothing.
/// </summary>
internal sealed class GuestPrograms : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mdev-");

    /// <param name="programs">Their executables, for example <see cref="Paths.Mtty"/>.</param>
    public GuestPrograms(params string[] programs)
    {
        // ROOT/shared/Microsoft.NETCore.App/VERSION; what starts a program looks for ROOT/host first.
        string runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        string frameworks = Path.GetDirectoryName(runtime)!;
        Link("dotnet/host", Path.Combine(frameworks, "../../host"));
        Link(Path.Combine("dotnet/shared", Path.GetFileName(frameworks), Path.GetFileName(runtime)), runtime);
        foreach (string program in programs)
            Link(Path.GetFileName(program), Path.GetDirectoryName(program)!);
    }

    public string Folder => _directory.FullName;

    public void Dispose() => _directory.Delete(recursive: true);

    private void Link(string name, string target)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateSymbolicLink(path, Path.GetFullPath(target));
    }
}
