namespace Mdev.Sdk;

/// <summary>The bus refused an operation: the errno a kernel would have answered, and a sentence that says why.</summary>
/// <param name="error">The errno.</param>
/// <param name="message">What was refused, why, and what to do.</param>
/// <param name="cause">What the vendor's code threw, if that was not one of these.</param>
public sealed class MdevException(Errno error, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The errno.</summary>
    public Errno Error { get; } = error;
}
