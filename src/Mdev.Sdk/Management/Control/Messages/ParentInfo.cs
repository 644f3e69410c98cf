namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>A parent.</summary>
/// <param name="Name">Its name on the bus: <c>mtty</c>, <c>0000:00:02.0</c>.</param>
/// <param name="Driver">The first half of its types' ids.</param>
/// <param name="Attributes">The vendor's attributes of the parent itself.</param>
internal sealed record ParentInfo(string Name, string Driver, IReadOnlyList<MdevAttributeInfo> Attributes);
