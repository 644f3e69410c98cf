using System.Buffers.Binary;
using System.Diagnostics;

namespace Mdev.Devices.Tests;

/// <summary>A device's process and a client of it. Which way the client goes is a matter of the project: see ServedDevice.Client.cs.</summary>
internal sealed partial class ServedDevice : SampleProcess
{
    private readonly DirectoryInfo _directory;

    public ServedDevice(string device, params string[] options)
        : this(Directory.CreateTempSubdirectory("mdev-"), device, options)
    {
    }

    private ServedDevice(DirectoryInfo directory, string device, string[] options)
        : base(Command(directory.FullName, [device, .. s_transport, .. options]))
    {
        _directory = directory;
        AwaitReady(this);
        Client = Attach();
    }

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

    public override void Dispose()
    {
        // Without a client it has not come to life, and says itself why.
        if (Client is not null)
        {
            Client.Dispose();
            Terminate();
        }
        base.Dispose();
        _directory.Delete(recursive: true);
    }

    private static ProcessStartInfo Command(string directory, string[] arguments)
    {
        // Beside the tests, also where they have been taken elsewhere.
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Mdev.Devices"), arguments);
        start.Environment["MDEV_RUNTIME_DIR"] = directory;
        return start;
    }
}
