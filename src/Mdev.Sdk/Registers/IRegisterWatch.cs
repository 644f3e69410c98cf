namespace Mdev.Sdk.Registers;

/// <summary>Is told by a block what a guest writes that it should not. Generated code asks only where a declaration says so.</summary>
public interface IRegisterWatch
{
    /// <summary>
    /// Called on the device's lock in the middle of a write, before it stores anything. It must not throw, and not allocate for
    /// what it has been told before: a guest can repeat it at will.
    /// </summary>
    void OnUnexpectedWrite(in UnexpectedWrite write);
}
