namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>When the user of a method runs it.</summary>
internal enum UseKind
{
    /// <summary>At once, as part of itself.</summary>
    Call,

    /// <summary>At once, on the very object.</summary>
    CallOnSelf,

    /// <summary>The SDK will, on the device's lock: the method, or a lambda with the use in it, is handed to it.</summary>
    Callback,

    /// <summary>Somebody may: it is handed elsewhere, to a thread or a task.</summary>
    Elsewhere,
}
