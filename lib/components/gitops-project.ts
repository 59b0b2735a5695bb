/** Argo CD's AppProject for what is generated, and the Application that holds all others. */
export const PROJECT = 'wayleave';
