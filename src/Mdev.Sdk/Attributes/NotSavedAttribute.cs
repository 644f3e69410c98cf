namespace Mdev.Sdk;

/// <summary>
/// No part of the device's state: a handle, a line, a timer, or what follows from the rest. It says so to the reader, and to the
/// analyzer, which in a class with <see cref="SavedAttribute"/> asks for one of the two (MDEV602).
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class NotSavedAttribute : Attribute;
