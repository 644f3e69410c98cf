using System.Buffers.Binary;
using System.Diagnostics;
using System.Reflection;
using Mdev.Sdk.Testing;

namespace Mdev.Devices.Tests;

/// <summary>A device's process and a client on its socket.</summary>
internal sealed class ServedDevice : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mdev-");
    private readonly Process _process;

    public ServedDevice(string device, params string[] options)
    {
        string program = typeof(ServedDevice).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Devices").Value!;
        string socket = Path.Combine(_directory.FullName, "device.sock");
        _process = Process.Start(new ProcessStartInfo(program, [device, "--socket-path", socket, .. options]) { RedirectStandardOutput = true })!;
        Assert.StartsWith("ready ", _process.StandardOutput.ReadLine(), StringComparison.Ordinal);
        Client = VfioUserClient.Connect(socket);
    }

    public VfioUserClient Client { get; }

    public uint Read(uint region, ulong offset) => BinaryPrimitives.ReadUInt32LittleEndian(Client.ReadRegion(region, offset, 4));

    public void Write(uint region, ulong offset, uint value) => Client.WriteRegion(region, offset, BitConverter.GetBytes(value));

    public void Write(uint region, ulong offset, ulong value) => Client.WriteRegion(region, offset, BitConverter.GetBytes(value));

    /// <summary>Asks again until the register says so, as a driver would.</summary>
    public void Poll(uint region, ulong offset, Func<uint, bool> until)
    {
        var patience = Stopwatch.StartNew();
        while (!until(Read(region, offset)))
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(10), $"0x{offset:x} still reads 0x{Read(region, offset):x}.");
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Kill();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }
}
