using System.Runtime.CompilerServices;
using Mdev.Sdk.Device;
using Mdev.Sdk.Management.Control;

namespace Mdev.Sdk.Observation.Control;

/// <summary><c>trace</c>: what is done to an instance from now on, until the instance is removed.</summary>
internal sealed class TraceCommand(ControlledParent controlled) : StreamingCommand<TraceArguments, TraceEvent>(ObservationVerbs.Trace)
{
    protected override async IAsyncEnumerable<TraceEvent> StreamAsync(TraceArguments arguments, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (controlled.Find(arguments.Uuid).Device is not VfioDevice device)
            throw new MdevException(Errno.ENOTSUP, $"The device {arguments.Uuid} has neither regions nor interrupts.");

        using var trace = new DeviceTrace(device, new TraceFilter(arguments.Region, arguments.Register));
        yield return trace.Began;
        await foreach (TraceEvent next in trace.ReadAsync(cancel).ConfigureAwait(false))
            yield return next;
    }
}
