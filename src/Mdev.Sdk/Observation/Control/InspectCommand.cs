using Mdev.Sdk.Device;
using Mdev.Sdk.Management.Control;

namespace Mdev.Sdk.Observation.Control;

/// <summary><c>inspect</c>: an instance as it is now.</summary>
internal sealed class InspectCommand(ControlledParent controlled) : AnsweringCommand<InspectArguments, Inspection>(ObservationVerbs.Inspect)
{
    protected override Task<Inspection> AnswerAsync(InspectArguments arguments, CancellationToken cancel)
    {
        MdevInstance instance = controlled.Find(arguments.Uuid);
        return Task.FromResult(new Inspection(
            controlled.Describe(instance, withAttributes: true),
            instance.Type.PrettyName,
            instance.Device is VfioDevice device ? DeviceSnapshot.Of(device) : null));
    }
}
