namespace Mdev.Sdk;

/// <summary>Something that has happened on a bus.</summary>
/// <param name="Kind">What.</param>
/// <param name="Parent">To which parent, or to an instance of which.</param>
/// <param name="Instance">To which instance; <see langword="null"/> for a parent's own events.</param>
public sealed record MdevBusEvent(MdevBusEventKind Kind, MdevParent Parent, MdevInstance? Instance);
