namespace Mdev.Hosting.Tests;

/// <summary>A folder with a short name, as a socket's path has 107 bytes; gone with all that is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mdh").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>
    /// What hosts that have ended have left in it as their runtime directory: nothing, but for definitions, and the tree's root with
    /// its empty folders, which all hosts share.
    /// </summary>
    public string[] Left()
    {
        string[] shared = [this["definitions"], this["root"]];
        string[] rooms = ["class/mdev_bus", "bus/mdev/devices", "bus/pci/devices", "devices/virtual"];
        return [
            .. Directory.GetFileSystemEntries(Path).Except(shared),
            .. rooms.Select(room => this[$"root/sys/{room}"]).Where(Directory.Exists).SelectMany(Directory.GetFileSystemEntries)];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
