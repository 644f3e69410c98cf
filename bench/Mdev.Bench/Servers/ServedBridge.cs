using System.Runtime.InteropServices;
using Mdev.Bench.Blocks;
using Mdev.Sdk.Bridge.Devices;
using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Device;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Bench.Servers;

/// <summary>Devices as folders of one mount: one of registers, one of memory, and a character device.</summary>
internal sealed class ServedBridge : IDisposable
{
    public const string Register = "registers/regions/0", Interrupt = "registers/irqs/1/0", Echo = "registers/echo", Memory = "memory/regions/0";

    private readonly FuseServer _server;
    private readonly PosixSignalRegistration _ending;

    /// <param name="path">The folder, which is made.</param>
    public ServedBridge(string path)
    {
        Directory.CreateDirectory(path);
        var registers = new BenchDevice();
        registers.Add(new EchoCharDevice());
        _server = FuseServer.Mount(
            path, new Folder().Add("registers", FolderOf(registers)).Add("memory", FolderOf(new MemoryDevice())), NullLogger.Instance);

        // The bench ends its servers by SIGTERM, and a mount must not stay behind.
        _ending = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => _server.Dispose());
    }

    public void Dispose()
    {
        _ending.Dispose();
        _server.Dispose();
    }

    private static Folder FolderOf(VfioDevice device)
    {
        device.Realize(Guid.NewGuid(), NullLogger.Instance);
        return new DeviceFolder(device, new CallGuard()).Root;
    }
}
