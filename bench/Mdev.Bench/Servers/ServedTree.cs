using System.Runtime.InteropServices;
using Mdev.Bench.Blocks;
using Mdev.Sdk;
using Mdev.Sdk.Bridge.Tree;
using Mdev.Sdk.Device;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Bench.Servers;

/// <summary>A tree of many instances, none of which anybody uses.</summary>
internal sealed class ServedTree : IInstanceService, IDisposable
{
    private readonly MdevTree _tree;
    private readonly PosixSignalRegistration _ending;

    public ServedTree(string root, int instances)
    {
        Environment.SetEnvironmentVariable("MDEV_CONFIG_DIR", root + ".definitions");
        _tree = new MdevTree(root, NullLogger.Instance);
        var bus = new MdevBus([this, _tree]);
        _tree.Attach(bus);
        var parent = new BenchParent();
        bus.Register(parent);
        _tree.Publish(parent);

        // The bench ends its servers by SIGTERM, and a mount must not stay behind.
        _ending = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => _tree.Dispose());
        for (int i = 0; i < instances; i++)
            bus.Create(parent.Types[0], Guid.NewGuid());
    }

    public void Dispose()
    {
        _ending.Dispose();
        _tree.Dispose();
    }

    void IInstanceService.Prepare(MdevInstance instance) => ((VfioDevice)instance.Device).Realize(instance.Uuid, NullLogger.Instance);

    void IInstanceService.Start(MdevInstance instance) { }

    bool IInstanceService.IsInUse(MdevInstance instance) => false;

    string? IInstanceService.UserOf(MdevInstance instance) => null;

    void IInstanceService.Request(MdevInstance instance, int count) { }

    Task IInstanceService.WhenUnused(MdevInstance instance, CancellationToken cancel) => Task.CompletedTask;

    void IInstanceService.Stop(MdevInstance instance) { }
}
