using Mdev.Bridge.Tests.Protocol;
using Mdev.Sdk;
using Mdev.Sdk.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Bridge.Tests;

/// <summary>An instance goes while its files are in use.</summary>
public sealed class RemovalTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("r");
    private readonly MdevHost _host;
    private readonly PlainDevice _device;
    private readonly Guid _uuid = Guid.NewGuid();

    public RemovalTests()
    {
        _host = new MdevHost(NullLogger.Instance, new MdevOptions
        {
            RuntimeDirectory = _directory.FullName, Tree = MdevTreeMode.Off, Bridge = MdevBridgeMode.Fuse,
        });
        var parent = new PlainParent();
        _host.Bus.Register(parent);
        _device = (PlainDevice)_host.Bus.Create(parent.Types[0], _uuid).Device;
    }

    private string Folder => Path.Combine(_directory.FullName, "bridge", _uuid.ToString());

    public void Dispose()
    {
        _host.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_reader_that_waits_does_not_keep_an_instance()
    {
        using SafeFileHandle file = Open("counting-0");
        Task reading = Task.Run(() => Read(file));
        await Task.Delay(50);
        await Task.Run(() => _host.Bus.Remove(_uuid)).WaitAsync(s_patience);
        await Assert.ThrowsAnyAsync<IOException>(() => reading.WaitAsync(s_patience));
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task A_handler_of_a_file_removes_its_own_instance()
    {
        _device.CharDevice.OnWrite = () => _host.Bus.Remove(_uuid);
        using SafeFileHandle file = Open("counting-0");

        // Whether it is told that it was written is chance: the connection goes meanwhile.
        await Task.Run(() => Record.Exception(() => Write(file))).WaitAsync(s_patience);
        await Gone();
    }

    [Fact]
    public async Task Whoever_has_the_devices_lock_removes_it_while_a_reader_waits_for_the_lock()
    {
        using SafeFileHandle file = Open("regions/0");
        await Task.Run(() =>
        {
            lock (_device.Gate)
            {
                _ = Task.Run(() => Record.Exception(() => Read(file)));
                Thread.Sleep(100);
                _host.Bus.Remove(_uuid);
            }
        }).WaitAsync(s_patience);
        await Gone();
    }

    // By system calls: FileStream would ask what kind of file it is, and go by that.
    private static unsafe void Read(SafeFileHandle file) => Check(Sdk.Interop.Libc.read, file);

    private static unsafe void Write(SafeFileHandle file) => Check(Sdk.Interop.Libc.write, file);

    private static unsafe void Check(Call call, SafeFileHandle file)
    {
        byte one = 1;
        if (call((int)file.DangerousGetHandle(), &one, 1) < 0)
            throw new IOException(Sdk.Interop.Libc.LastError.ToString());
    }

    private SafeFileHandle Open(string name) => File.OpenHandle(Path.Combine(Folder, name), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

    private async Task Gone()
    {
        for (int i = 0; i < 300 && Directory.Exists(Folder); i++)
            await Task.Delay(100);
        Assert.False(Directory.Exists(Folder));
    }

    private unsafe delegate nint Call(int file, void* buffer, nuint count);
}
