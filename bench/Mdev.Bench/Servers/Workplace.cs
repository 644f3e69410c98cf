namespace Mdev.Bench.Servers;

/// <summary>A directory for the sockets of one run, gone with it.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mdev-bench-");
    private int _sockets;

    public string NewSocket() => Path.Combine(_directory.FullName, $"{_sockets++}.sock");

    public void Dispose() => _directory.Delete(recursive: true);
}
