namespace Mdev.Sdk.Observation.Control;

/// <summary>What <c>inspect</c> takes.</summary>
/// <param name="Uuid">The instance.</param>
internal sealed record InspectArguments(Guid Uuid);
