namespace Mdev.Sdk.Observation.Control;

/// <summary>What <c>trace</c> takes.</summary>
/// <param name="Uuid">The instance.</param>
/// <param name="Region">Only accesses of this VFIO region index.</param>
/// <param name="Register">Only accesses of this register; of an array or an inner block by its name, all in it.</param>
internal sealed record TraceArguments(Guid Uuid, int? Region = null, string? Register = null);
