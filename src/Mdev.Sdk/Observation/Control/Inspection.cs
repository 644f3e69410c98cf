using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Sdk.Observation.Control;

/// <summary>All that there is to say of an instance.</summary>
/// <param name="Instance">What it is and how it is reached.</param>
/// <param name="TypeName">Its type's name, for people.</param>
/// <param name="Device">The device; <see langword="null"/> for one that has neither regions nor interrupts.</param>
internal sealed record Inspection(InstanceInfo Instance, string TypeName, DeviceSnapshot? Device = null);
