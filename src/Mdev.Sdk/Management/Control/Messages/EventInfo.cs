namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>An item of <c>events</c>.</summary>
/// <param name="Event">
/// <c>listening</c>, the first item: nothing that happens from now on is missed. <c>lost</c>: the tool read too slowly, list anew.
/// Else what happened: <c>parent-registered</c>, <c>parent-unregistering</c>, <c>parent-unregistered</c>, <c>instance-added</c>,
/// <c>instance-removing</c>, <c>instance-removed</c>, <c>attributes-changed</c>.
/// </param>
/// <param name="Time">When the host learned of it.</param>
/// <param name="Parent">The parent.</param>
/// <param name="Uuid">The instance, if it is one's event.</param>
/// <param name="Type">Its type's id.</param>
/// <param name="Lost">With <c>lost</c>: how many events.</param>
internal sealed record EventInfo(
    string Event, DateTimeOffset Time, string Parent, Guid? Uuid = null, string? Type = null, long? Lost = null);
