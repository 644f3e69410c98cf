namespace Mdev.Sdk;

/// <summary>The bus refused an operation: the errno a kernel would have answered, and a sentence that says why.</summary>
/// <param name="error">The errno.</param>
/// <param name="message">What was refused, why, and what to do.</param>
public sealed class MdevException(Errno error, string message) : Exception(message)
{
    /// <summary>The errno.</summary>
    public Errno Error { get; } = error;
}
