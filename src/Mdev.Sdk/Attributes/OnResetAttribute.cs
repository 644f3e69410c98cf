namespace Mdev.Sdk;

/// <summary>
/// Runs a method of a register block at creation and at every reset, after the registers have taken their
/// <see cref="RegisterAttribute.Reset"/> values. Shape: <c>void Method()</c> or <c>void Method(ResetKind kind)</c>. Reset runs no write handler.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnResetAttribute : Attribute;
