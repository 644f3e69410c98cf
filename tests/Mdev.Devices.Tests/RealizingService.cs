using Mdev.Sdk;
using Mdev.Sdk.Device;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Devices.Tests;

/// <summary>Makes instances' devices ready and serves them to nobody.</summary>
internal sealed class RealizingService : IInstanceService
{
    public void Prepare(MdevInstance instance) => ((VfioDevice)instance.Device).Realize(instance.Uuid, NullLogger.Instance);

    public void Start(MdevInstance instance) { }

    public bool IsInUse(MdevInstance instance) => false;

    public string? UserOf(MdevInstance instance) => null;

    public void Request(MdevInstance instance, int count) { }

    public Task WhenUnused(MdevInstance instance, CancellationToken cancel) => Task.CompletedTask;

    public void Stop(MdevInstance instance) { }
}
